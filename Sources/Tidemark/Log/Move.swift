import StrictJSON

/// The body of an entry of kind *moved*, the last one of its chain.
///
/// No program follows the address by itself: whoever can append to a history could send its readers elsewhere.
public struct Move: Sendable, Hashable {
    /// The address of the history that has the entries before, and in which the chain goes on; nil if it goes on nowhere.
    public let address: String?

    package init(to address: String?) { self.address = address }

    package init?(json: JSON) {
        guard let address = json["to"], address.isNull || address.string != nil else { return nil }
        self.address = address.string
    }

    package var json: JSON { ["to": JSON(address)] }
}

extension Entry {
    /// Parses the body of an entry of kind *moved*.
    /// - Throws: `Failure`, like `snapshotBody()`.
    public func moveBody() throws(Failure) -> Move { try body("a move", Move.init(json:)) }

    /// Creates the last entry of a chain.
    /// - Parameters:
    ///   - caller: The ARN of the caller, attested by AWS; nil if nobody attested it.
    ///   - time: When the entry is appended, and by which clock.
    package init(
        ending head: ChainHead, with move: Move, caller: String?, attempt: RandomID,
        time: (at: Timestamp, clock: EntryClock)
    ) {
        let text = move.json.canonical
        let header = Header(
            environment: head.header.environment, seq: head.header.seq.next, at: time.at.raised(to: head.header.at),
            clock: time.clock, kind: .moved, isNeeded: true, actor: caller, attempt: attempt,
            newestRelease: head.header.newestRelease, newestRun: head.header.newestRun,
            newestNote: head.header.newestNote, previous: head.hash, body: ContentHash(of: text.utf8))
        self.init(header: header, bodyText: text)
    }
}

extension ChainHead {
    /// Refuses a chain that has ended.
    /// - Throws: `Failure` with the code `mismatch`, which says where the chain goes on.
    package func checkIsOpen() throws(Failure) {
        guard let move else { return }
        let goesOn = move.address.map { " and goes on at '\($0.printable)'" }
        throw Failure(
            .mismatch, "nothing can be added to the history of '\(header.environment)'",
            why: "it ended with \(header.seq)\(goesOn ?? "")",
            remedy: .text(
                move.address == nil ? "record into another history" : "use the history there, if you trust the address")
        )
    }
}
