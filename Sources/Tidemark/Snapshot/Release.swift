import StrictJSON

/// A release with what its recorder claims about it.
public struct Release: Sendable, Hashable {
    /// The release's name, such as the image tag: `v10`.
    public let label: String
    /// Who deployed it, as claimed; the log's header has the caller, attested by AWS.
    public let by: String?
    /// The deployed commit.
    public let commit: String?
    /// The URL of the CI run.
    public let url: String?
    /// A comment.
    public let note: String?

    /// The longest text, in characters.
    public static let maximumLength = 2000

    /// Validates a release.
    /// - Throws: `Failure` with the code `invalid` for a label that reads as a moment, for a URL with a password, and for a text
    ///   that is blank, too long or has control characters.
    public init(
        label: String, by: String? = nil, commit: String? = nil, url: String? = nil, note: String? = nil
    ) throws(Failure) {
        for (name, text) in [("label", label), ("by", by), ("commit", commit), ("url", url), ("note", note)] {
            guard let why = text.flatMap({ Self.obstacle(in: $0, mayHaveLines: name == "note") }) else { continue }
            throw Failure(
                .invalid, "the release's \(name) cannot be recorded", why: why, remedy: "pass a plain text or none")
        }
        if let why = Self.misreading(of: label) {
            throw Failure(
                .invalid, "'\(label)' cannot name a release", why: why, remedy: "name the image tag, such as 'v10'")
        }
        if let url, url.wholeMatch(of: #/[A-Za-z][A-Za-z0-9+.\-]*://[^\/?\#]*@.*/#) != nil {
            throw Failure(
                .invalid, "the release's url cannot be recorded", why: "it has a user name or a password in it",
                remedy: "leave them out")
        }
        self.label = label
        self.by = by
        self.commit = commit
        self.url = url
        self.note = note
    }

    package var json: JSON {
        let members = [("label", label), ("by", by), ("commit", commit), ("url", url), ("note", note)]
        return .object(JSONObject(members.compactMap { name, text in text.map { (name, .string($0)) } }))
    }

    init?(json: JSON) {
        guard let label = json["label"]?.string else { return nil }
        self.label = label
        // Earlier versions recorded blank texts.
        by = json["by"]?.string?.unlessBlank
        commit = json["commit"]?.string?.unlessBlank
        url = json["url"]?.string?.unlessBlank
        note = json["note"]?.string?.unlessBlank
    }

    /// Why a text cannot be recorded; nil if it can be.
    static func obstacle(in text: String, mayHaveLines: Bool) -> String? {
        if text.unlessBlank == nil { return "it is empty" }
        if text.count > maximumLength { return "it is longer than \(maximumLength) characters" }
        return text.printable == text || mayHaveLines ? nil : "it has control characters in it"
    }

    /// Why `--at LABEL` would not lead to the release; nil if it would.
    private static func misreading(of label: String) -> String? {
        switch try? Moment(label) {
        case .release(label, back: 0)?: nil
        case .release(let other, back: 0)?: "it would be read as release '\(other)'"
        case .release(let other, back: _)?: "it would be read as a snapshot before release '\(other)'"
        case .time?: "it would be read as a time"
        case .seq?: "it would be read as the number of an entry"
        case .latest?: "it would be read as a snapshot"
        case nil: "a label cannot begin with '@' or 'latest~', or end with '~'"
        }
    }
}

extension String {
    fileprivate var unlessBlank: String? { allSatisfy(\.isWhitespace) ? nil : self }
}
