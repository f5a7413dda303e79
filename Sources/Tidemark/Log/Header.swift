import StrictJSON

/// The part of an entry whose bytes are hashed into the chain.
///
/// It is stored as the bytes that were hashed. Verifiers hash bytes, never a re-encoding.
public struct Header: Sendable, Hashable {
    /// The version of the log's format.
    public static let currentFormat: Int64 = 1

    public let environment: EnvironmentName
    public let seq: Seq
    public let at: Timestamp
    public let kind: EntryKind
    /// The caller who appended it, as AWS attests it.
    public let actor: String
    /// The hash of the entry before; nil for the first.
    public let previous: ContentHash?
    /// The hash of the body's bytes.
    public let body: ContentHash

    public init(
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

    /// The header as canonical JSON: the bytes that are hashed and stored.
    public var text: String {
        let json: JSON = [
            "format": .init(Self.currentFormat), "environment": .string(environment.rawValue),
            "seq": .init(seq.rawValue), "at": .string(at.description), "kind": .string(kind.rawValue),
            "actor": .string(actor), "previous": previous?.json ?? .null, "body": body.json,
        ]
        return json.canonical
    }

    /// - Throws: `Failure` for bytes that are no header of a known format.
    public init(parsing text: String) throws(Failure) {
        guard let json = try? JSON(parsing: text) else {
            throw Self.damaged("it is not JSON")
        }
        guard json["format"]?.integer == Self.currentFormat else {
            throw Failure(
                .history, "an entry has format \(json["format"]?.scalarText ?? "?")",
                why: "this tidemark reads format \(Self.currentFormat)", remedy: "use a newer tidemark")
        }
        guard let name = json["environment"]?.string, let environment = try? EnvironmentName(name),
            let seq = json["seq"]?.integer, let at = json["at"]?.string.flatMap(Timestamp.init),
            let kind = json["kind"]?.string, let actor = json["actor"]?.string,
            let body = json["body"]?.string.flatMap(ContentHash.init(hexadecimal:)), let link = json["previous"]
        else { throw Self.damaged("a member is missing") }
        let previous = link.string.flatMap(ContentHash.init(hexadecimal:))
        guard link.isNull || previous != nil else {
            throw Self.damaged("'previous' is no hash")
        }
        self.init(
            environment: environment, seq: Seq(rawValue: seq), at: at, kind: EntryKind(rawValue: kind), actor: actor,
            previous: previous, body: body)
    }

    private static func damaged(_ why: String) -> Failure {
        Failure.damaged("an entry's header is damaged", why: why)
    }
}
