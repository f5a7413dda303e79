import StrictJSON

/// The part of an entry whose hash is the entry's hash.
///
/// The hashed bytes are stored as they are. A verification hashes these bytes, never a new encoding.
public struct Header: Sendable, Hashable {
    /// The version of the log's format.
    public static let currentFormat: Int64 = 2

    /// The environment whose chain the entry belongs to.
    public let environment: EnvironmentName
    /// The number of the entry in the chain, from 0.
    public let seq: Seq
    /// When the entry was appended, by AWS's clock.
    public let at: Timestamp
    /// The kind of the entry, which determines the form of the body.
    public let kind: EntryKind
    /// The ARN of the caller who appended it, attested by AWS.
    public let actor: String
    /// The hash of the entry before; nil for the first.
    public let previous: ContentHash?
    /// The hash of the body's bytes.
    public let body: ContentHash

    package init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, kind: EntryKind, actor: String, previous: ContentHash?,
        body: ContentHash
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.kind = kind
        self.actor = actor
        self.previous = previous
        self.body = body
    }

    /// The header as canonical JSON.
    package var text: String {
        let json: JSON = [
            "format": .init(Self.currentFormat), "environment": .string(environment.rawValue),
            "seq": .init(seq.rawValue), "at": .string(at.description), "kind": .string(kind.rawValue),
            "actor": .string(actor), "previous": previous?.json ?? .null, "body": body.json,
        ]
        return json.canonical
    }

    /// Parses a header.
    /// - Throws: `Failure` with the code `history` for a header that is damaged or has another format.
    package init(parsing text: String) throws(Failure) {
        guard let json = try? JSON(parsing: text) else {
            throw Self.damaged("it is not JSON")
        }
        try Self.checkFormat(json["format"])
        guard let name = json["environment"]?.string, let environment = try? EnvironmentName(name),
            let seq = json["seq"]?.integer, let at = json["at"]?.string.flatMap(Timestamp.init),
            let kind = json["kind"]?.string, let actor = json["actor"]?.string,
            let body = json["body"]?.string.flatMap(ContentHash.init(hexadecimal:)), let link = json["previous"]
        else { throw Self.damaged("a member is missing") }
        let previous = link.string.flatMap(ContentHash.init(hexadecimal:))
        guard link.isNull || previous != nil else {
            throw Self.damaged("'previous' is not a hash")
        }
        self.init(
            environment: environment, seq: Seq(rawValue: seq), at: at, kind: EntryKind(rawValue: kind), actor: actor,
            previous: previous, body: body)
    }

    /// Refuses an entry of another format than the current one.
    package static func checkFormat(_ format: JSON?) throws(Failure) {
        if format?.integer == currentFormat { return }
        let isOlder = (format?.integer).map { $0 < currentFormat } ?? false
        throw Failure(
            .history, "an entry has format \((format?.scalarText ?? "?").printable)",
            why: "this tidemark reads format \(currentFormat)",
            remedy: isOlder
                ? "keep this history for the older tidemark, and record into a new file" : "use a newer tidemark")
    }

    private static func damaged(_ why: String) -> Failure {
        Failure.damaged("an entry's header is damaged", why: why)
    }
}
