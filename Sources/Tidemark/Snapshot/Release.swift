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
    /// - Throws: `Failure` with the code `invalid` for a label that is empty or reads as a moment, for a URL with a password, and
    ///   for a text that is too long or has control characters.
    public init(
        label: String, by: String? = nil, commit: String? = nil, url: String? = nil, note: String? = nil
    ) throws(Failure) {
        guard case .release(label, back: 0)? = try? Moment(label), label.contains(where: { !$0.isWhitespace }) else {
            throw Failure(
                .invalid, "'\(label.printable)' cannot name a release",
                why: label.isEmpty ? "it is empty" : "it would be read as something else, such as a time",
                remedy: "name the image tag, such as 'v10'")
        }
        if let url, url.wholeMatch(of: #/[A-Za-z][A-Za-z0-9+.\-]*://[^\/?\#]*@.*/#) != nil {
            throw Failure(
                .invalid, "the release's url cannot be recorded", why: "it has a user name or a password in it",
                remedy: "leave them out")
        }
        for (name, text) in [("label", label), ("by", by), ("commit", commit), ("url", url), ("note", note)] {
            guard let text else { continue }
            guard text.count <= Self.maximumLength, text.printable == text || name == "note" else {
                throw Failure(
                    .invalid, "the release's \(name) cannot be recorded",
                    why: "it is longer than \(Self.maximumLength) characters or has control characters in it",
                    remedy: "shorten it to one plain line")
            }
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
        by = json["by"]?.string
        commit = json["commit"]?.string
        url = json["url"]?.string
        note = json["note"]?.string
    }
}
