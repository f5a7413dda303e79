/// A place that keeps chains of entries, such as a file or a bucket.
///
/// Two recorders may propose entries at once. A store adopts one proposal at each end of a chain, and refuses the other.
package protocol EntryStore {
    /// The end of an environment's chain, verified; nil if there is none.
    func head(of environment: EnvironmentName) async throws -> ChainHead?

    /// Appends what a recording changes, all of it or nothing.
    /// - Returns: Nil, with no snapshot written, if the observation is older than the newest snapshot, or may be.
    /// - Throws: `Failure` with the code `mismatch` for a chain that has ended.
    func publish(_ recording: Recording) async throws -> AppendedSnapshot?

    /// Appends an entry that shows no state.
    /// - Returns: False, with nothing written, if another entry was appended meanwhile.
    func append(_ entry: Entry) async throws -> Bool
}

extension EntryStore {
    /// The tries for one entry. Each one that is lost means that another recorder appended.
    private static var maximumTries: Int { 20 }

    /// Ends a chain.
    /// - Parameters:
    ///   - caller: The ARN of the caller, attested by AWS; nil if nobody attested it.
    ///   - time: When the entry is appended, and by which clock.
    ///   - prepare: Does what must be done before the chain ends after an entry; called again if others appended meanwhile.
    /// - Returns: The last entry, which an earlier call may have appended.
    /// - Throws: `Failure` with the code `notFound` for a chain without an entry, `mismatch` for one that has ended, and `conflict`
    ///   if other recorders were faster each time; what `prepare` throws.
    package func end(
        _ environment: EnvironmentName, with move: Move, caller: String?, attempt: RandomID = RandomID(),
        time: () -> (at: Timestamp, clock: EntryClock), prepare: (ChainHead) async throws -> Void = { _ in }
    ) async throws -> HeadReference {
        try await append(to: environment, else: "the history of '\(environment)' was not ended") { head in
            if head.move == move { return head.reference }
            try head.checkIsOpen()
            try await prepare(head)
            let entry = Entry(ending: head, with: move, caller: caller, attempt: attempt, time: time())
            return try await append(entry) ? entry.reference : nil
        }
    }

    /// Appends a note.
    /// - Parameters:
    ///   - caller: The ARN of the caller, attested by AWS; nil if nobody attested it.
    ///   - time: When the entry is appended, and by which clock.
    ///   - note: Makes the note at the end of the chain; called again if others appended meanwhile.
    /// - Returns: The entry.
    /// - Throws: `Failure` with the code `notFound` for a chain without an entry, `mismatch` for one that has ended, and `conflict`
    ///   if other recorders were faster each time; what `note` throws.
    package func append(
        noteIn environment: EnvironmentName, caller: String?, attempt: RandomID,
        time: () -> (at: Timestamp, clock: EntryClock), note: () async throws -> Note
    ) async throws -> Entry {
        try await append(to: environment, else: "the note on '\(environment)' was not recorded") { head in
            try head.checkIsOpen()
            let entry = Entry(noting: try await note(), after: head, caller: caller, attempt: attempt, time: time())
            return try await append(entry) ? entry : nil
        }
    }

    /// Appends one entry to a chain, again while other recorders are faster.
    /// - Parameters:
    ///   - what: What did not happen if they were faster each time.
    ///   - append: Returns nil if another recorder was faster.
    private func append<Appended>(
        to environment: EnvironmentName, else what: String, _ append: (ChainHead) async throws -> Appended?
    ) async throws -> Appended {
        for _ in 0..<Self.maximumTries {
            guard let head = try await head(of: environment) else {
                throw Failure(.notFound, "there is no history of '\(environment)'", remedy: .recordFirst)
            }
            if let appended = try await append(head) { return appended }
        }
        throw Failure(
            .conflict, what, why: "other recorders kept appending to it",
            remedy: "try again when they have finished")
    }
}
