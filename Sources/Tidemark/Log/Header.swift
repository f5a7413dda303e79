import StrictJSON

/// The part of an entry whose hash is the entry's hash.
///
/// The hashed bytes are stored as they are. A verification hashes these bytes, never a new encoding.
public struct Header: Sendable, Hashable {
    /// The version of the log's format.
    public static let currentFormat: Int64 = 3

    /// The environment whose chain the entry belongs to.
    public let environment: EnvironmentName
    /// The number of the entry in the chain, from 0.
    public let seq: Seq
    /// When the entry was appended.
    public let at: Timestamp
    /// The clock that `at` was read from.
    public let clock: EntryClock
    /// The kind of the entry, which determines the form of the body.
    public let kind: EntryKind
    /// Whether a reader that does not know the kind must stop.
    public let isNeeded: Bool
    /// The ARN of the caller who appended it, attested by AWS; nil if nobody attested it.
    public let actor: String?
    /// The command that appended the entry: the same in each of its entries, and in each try.
    public let attempt: RandomID
    /// The id of the log, in entry 0 and in checkpoints; nil in every other entry.
    public let log: RandomID?
    /// The newest entry with a release, which may be this one; nil if there is none.
    public let newestRelease: Seq?
    /// The newest entry at which other images ran than before, which may be this one; nil if there is none.
    public let newestRun: Seq?
    /// The newest note, which may be this entry; nil if there is none.
    public let newestNote: Seq?
    /// The hash of the entry before; nil for the first.
    public let previous: ContentHash?
    /// The hash of the body's bytes.
    public let body: ContentHash

    package init(
        environment: EnvironmentName, seq: Seq, at: Timestamp, clock: EntryClock = .aws, kind: EntryKind,
        isNeeded: Bool = false, actor: String?, attempt: RandomID, log: RandomID? = nil, newestRelease: Seq? = nil,
        newestRun: Seq? = nil, newestNote: Seq? = nil, previous: ContentHash?, body: ContentHash
    ) {
        self.environment = environment
        self.seq = seq
        self.at = at
        self.clock = clock
        self.kind = kind
        self.isNeeded = isNeeded
        self.actor = actor
        self.attempt = attempt
        self.log = log
        self.newestRelease = newestRelease
        self.newestRun = newestRun
        self.newestNote = newestNote
        self.previous = previous
        self.body = body
    }

    /// The header as canonical JSON. Members that are optional are left out where they say nothing.
    package var text: String {
        var json: JSONObject = [
            "format": .init(Self.currentFormat), "environment": .string(environment.rawValue),
            "seq": .init(seq.rawValue), "at": .string(at.description), "clock": .string(clock.rawValue),
            "kind": .string(kind.rawValue), "actor": JSON(actor), "attempt": attempt.json,
            "previous": previous?.json ?? .null, "body": body.json,
        ]
        if isNeeded { json["needed"] = true }
        json["log"] = log?.json
        json["release"] = newestRelease.map { .init($0.rawValue) }
        json["run"] = newestRun.map { .init($0.rawValue) }
        json["note"] = newestNote.map { .init($0.rawValue) }
        return JSON.object(json).canonical
    }

    /// Whether a chain can begin with the entry.
    package var isFirst: Bool { seq == .first ? previous == nil : kind == .checkpoint }

    /// Whether the entry can follow another one.
    package func follows(_ previous: Header, hash: ContentHash) -> Bool {
        seq == previous.seq.next && self.previous == hash && previous.kind != .moved
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
            let clock = json["clock"]?.string, let kind = json["kind"]?.string, let actor = json["actor"],
            let attempt = json["attempt"]?.string.flatMap(RandomID.init),
            let body = json["body"]?.string.flatMap(ContentHash.init(hexadecimal:)), let previous = json["previous"]
        else { throw Self.damaged("a member is missing") }
        self.environment = environment
        self.seq = Seq(rawValue: seq)
        self.at = at
        self.clock = EntryClock(rawValue: clock)
        self.kind = EntryKind(rawValue: kind)
        self.attempt = attempt
        self.body = body
        isNeeded = try Self.member("needed", json["needed"], \.bool) ?? false
        self.actor = try Self.member("actor", actor, \.string)
        log = try Self.member("log", json["log"]) { $0.string.flatMap(RandomID.init) }
        newestRelease = try Self.member("release", json["release"]) { $0.integer.map(Seq.init(rawValue:)) }
        newestRun = try Self.member("run", json["run"]) { $0.integer.map(Seq.init(rawValue:)) }
        newestNote = try Self.member("note", json["note"]) { $0.integer.map(Seq.init(rawValue:)) }
        self.previous = try Self.member("previous", previous) { $0.string.flatMap(ContentHash.init(hexadecimal:)) }
    }

    /// The value of a member that may be absent or null.
    private static func member<Value>(
        _ name: String, _ json: JSON?, _ read: (JSON) -> Value?
    ) throws(Failure) -> Value? {
        guard let json, !json.isNull else { return nil }
        guard let value = read(json) else { throw damaged("'\(name)' is not what it must be") }
        return value
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
