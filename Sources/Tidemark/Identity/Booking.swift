import StrictJSON

/// What a CI provider signs: a release, and the state that it shows. Every entry has another one.
public struct Booking: Sendable, Hashable {
    /// The id of the log.
    public let log: RandomID
    /// The environment.
    public let environment: EnvironmentName
    /// The release's label.
    public let label: String
    /// The claimed commit; nil if none is claimed.
    public let commit: String?
    /// The images that run, sorted.
    public let images: [String]
    /// The hash of the facets of the state that the release shows.
    public let root: ContentHash
    /// The command that records it.
    public let attempt: RandomID

    package init(
        _ release: Release, log: RandomID, environment: EnvironmentName, images: [String], root: ContentHash,
        attempt: RandomID
    ) {
        label = release.label
        commit = release.commit
        self.log = log
        self.environment = environment
        self.images = images
        self.root = root
        self.attempt = attempt
    }

    package var json: JSON {
        [
            "attempt": attempt.json, "commit": JSON(commit), "environment": .string(environment.rawValue),
            "images": JSON(images), "label": .string(label), "log": log.json, "root": root.json,
        ]
    }

    /// The audience of a token over the booking: `tidemark:` and the SHA-256 of its canonical JSON in hexadecimal.
    public var audience: String { "tidemark:\(ContentHash(of: json))" }
}
