import StrictJSON

/// The body of an entry of kind *note*: what is known now of an entry before it.
///
/// The entry itself stays as it is. Of several notes about one entry, the newest wins.
public struct Note: Sendable, Hashable {
    /// The entry that the note is about.
    public let about: HeadReference
    /// A comment.
    public let text: String?
    /// What is known now of the entry's release; nil for a comment alone.
    public let correction: Correction?

    /// What a note says of a release.
    public enum Correction: Sendable, Hashable {
        /// The label of the release that the entry books.
        case label(String)
        /// A release that the entry shows, and that was not booked when it was recorded.
        case release(Release)
    }

    /// Validates a note.
    /// - Throws: `Failure` with the code `invalid` for a note that says nothing, for a label that reads as a moment, and for a
    ///   text that is blank, too long or has control characters.
    public init(about: HeadReference, text: String? = nil, correction: Correction? = nil) throws(Failure) {
        if text == nil, correction == nil {
            throw Failure(
                .invalid, "the note on \(about.seq) says nothing", remedy: "pass a text, a label or a release")
        }
        if let why = text.flatMap({ Release.obstacle(in: $0, mayHaveLines: true) }) {
            throw Failure(
                .invalid, "the note on \(about.seq) cannot be recorded", why: why, remedy: "pass a plain text")
        }
        if case .label(let label)? = correction { _ = try Release(label: label) }
        (self.about, self.text, self.correction) = (about, text, correction)
    }

    /// The body as it is hashed.
    package var json: JSON {
        var members: JSONObject = ["about": .init(about.seq.rawValue), "hash": about.hash.json]
        members["text"] = text.map(JSON.string)
        switch correction {
        case .label(let label): members["label"] = .string(label)
        case .release(let release): members["booked"] = release.json
        case nil: break
        }
        return .object(members)
    }

    init?(json: JSON) {
        guard let seq = json["about"]?.integer, let hash = json["hash"]?.string.flatMap(ContentHash.init(hexadecimal:))
        else { return nil }
        about = HeadReference(seq: Seq(rawValue: seq), hash: hash)
        text = json["text"]?.string
        if let release = json["booked"] {
            guard var release = Release(json: release) else { return nil }
            // What was signed is a booking in the entry itself.
            release.identity = nil
            correction = .release(release)
        } else {
            correction = json["label"]?.string.map(Correction.label)
        }
    }

    /// The corrected label; nil for another note.
    public var label: String? { if case .label(let label)? = correction { label } else { nil } }
    /// The release that the note books; nil for another note.
    public var release: Release? { if case .release(let release)? = correction { release } else { nil } }
}

extension Entry {
    /// Parses the body of an entry of kind *note*.
    /// - Throws: `Failure`, like `snapshotBody()`.
    public func noteBody() throws(Failure) -> Note { try body("a note", Note.init(json:)) }

    /// Creates a note at the end of a chain.
    /// - Parameters:
    ///   - caller: The ARN of the caller, attested by AWS; nil if nobody attested it.
    ///   - time: When the entry is appended, and by which clock.
    package init(
        noting note: Note, after head: ChainHead, caller: String?, attempt: RandomID,
        time: (at: Timestamp, clock: EntryClock)
    ) {
        let (text, seq) = (note.json.canonical, head.header.seq.next)
        let header = Header(
            environment: head.header.environment, seq: seq, at: time.at.raised(to: head.header.at), clock: time.clock,
            kind: .note, actor: caller, attempt: attempt, newestRelease: head.header.newestRelease,
            newestRun: head.header.newestRun, newestNote: seq, previous: head.hash, body: ContentHash(of: text.utf8))
        self.init(header: header, bodyText: text)
    }
}
