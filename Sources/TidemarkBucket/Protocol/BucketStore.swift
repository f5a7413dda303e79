import CivilTime
import StrictJSON
import Tidemark

/// A history in a store of objects, such as a bucket of S3: one object for each entry, written once.
///
/// Recorders need no lock: of several that propose an entry with the same number, one creates the object.
package struct BucketStore: EntryStore {
    let objects: any ObjectStore
    var replica: any Replica
    let outbox: any Outbox
    /// The part of all keys before the environment.
    let prefix: String
    let images: ImageIndex
    let clock: ProgramClock
    /// Receives notices and warnings, one line each.
    let report: @Sendable (String) -> Void
    /// The rules that a test skips.
    var skippedRules: Set<ProtocolRule> = []
    /// The sizes of packs, the least first, which a test makes smaller.
    var packSizes = PackSize.all
    /// The requests of the race before the first entry of a chain; 0 for no race, in a test of something else.
    var racerCount = 64

    /// The proposals for one observation. Each one that is lost means that another recorder appended.
    private static let maximumProposals = 20

    /// - Parameters:
    ///   - replica: The local copy of the chains.
    ///   - outbox: The entries of earlier commands whose outcome is unknown.
    ///   - prefix: The part of all keys before the environment; empty for none.
    ///   - report: Receives what became of the entries of earlier commands, one line each.
    package init(
        _ objects: any ObjectStore, replica: any Replica, outbox: any Outbox, prefix: String, images: ImageIndex,
        clock: ProgramClock, report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.objects = objects
        self.replica = replica
        self.outbox = outbox
        self.prefix = prefix
        self.images = images
        self.clock = clock
        self.report = report
    }

    func applies(_ rule: ProtocolRule) -> Bool { !skippedRules.contains(rule) }

    /// The end of an environment's chain in the store; nil if there is none. The replica has all of it then.
    ///
    /// What the outbox has is settled first.
    package func head(of environment: EnvironmentName) async throws -> ChainHead? {
        let keys = EntryKeys(prefix: prefix, environment: environment)
        return try await settle(keys, at: pullWhole(keys))
    }

    /// Appends what a recording changes at the end of the chain, wherever that is by now.
    /// - Returns: Nil, with no snapshot written, if another recorder appended a snapshot since the walk began that shows
    ///   something else than was observed, or if other recorders were faster too often.
    /// - Throws: `Failure` with the code `unknownOutcome` if the snapshot may have been recorded, `unavailable` and `history` for
    ///   a store that cannot be read or written, or whose chain is not whole; `CancellationError`.
    package func publish(_ recording: Recording) async throws -> AppendedSnapshot? {
        let keys = EntryKeys(prefix: prefix, environment: recording.environment)
        var recording = recording
        var (isNewlyBound, hasRaced) = (false, false)
        for _ in 0..<Self.maximumProposals {
            let head = try await pull(keys)
            try head?.checkIsOpen()
            if applies(.compareObservation), recording.mayBeOlder(than: head) { return nil }
            if head == nil, !hasRaced {
                try await race(keys)
                hasRaced = true
            }
            recording = try await recording.signed(over: head, now: recording.time(of: clock).at)
            let proposal = Proposal(recording, over: head, images: images, time: recording.time(of: clock))
            let entries = proposal.exported(over: head)
            let wonCount = try await append(entries, keys)
            if proposal.bindsAnew, wonCount > 0 { isNewlyBound = true }
            if wonCount == entries.count {
                return AppendedSnapshot(proposal, after: head, isNewlyBound: isNewlyBound)
            }
        }
        return nil
    }

    /// Appends an entry that shows no state.
    ///
    /// One that ends the chain, of unknown outcome, does not wait in the outbox: another command must not end a chain. The same
    /// command, run again, finds the entry, or another one has its place, and a request that arrives later is refused.
    /// - Returns: False, with nothing written, if another recorder was faster.
    /// - Throws: `Failure`, like `publish`.
    package func append(_ entry: Entry) async throws -> Bool {
        let keys = EntryKeys(prefix: prefix, environment: entry.header.environment)
        let exported = ExportedEntry(entry: entry, contents: [:])
        guard entry.header.kind == .moved else { return try await append([exported], keys) == 1 }
        switch try await write(exported, keys) {
        case .won: break
        case .lost: return false
        case .refused(let refusal): throw Failure.notRecorded(keys, refusal)
        case .unknown(let why): throw Failure.unknownEnd(entry, why: why)
        }
        do {
            try await lookAround(entry, keys)
        } catch let failure as Failure where failure.code == .unknownOutcome {
            throw Failure.unknownEnd(entry, why: failure.why ?? failure.what)
        }
        await finish(exported, keys)
        return true
    }

    /// Writes entries in their order until another recorder is faster.
    /// - Returns: The number of entries that were written.
    private func append(_ entries: [ExportedEntry], _ keys: EntryKeys) async throws -> Int {
        for (index, entry) in entries.enumerated() {
            switch try await write(entry, keys) {
            case .won:
                do {
                    try await lookAround(entry.entry, keys)
                } catch let failure as Failure where failure.code == .unknownOutcome {
                    throw await kept(entry, why: failure.why ?? failure.what)
                }
                await finish(entry, keys)
            case .lost: return index
            case .refused(let refusal): throw Failure.notRecorded(keys, refusal)
            case .unknown(let why): throw await kept(entry, why: why)
            }
        }
        return entries.count
    }

    /// Copies an entry that was won, and writes the packs that end with it.
    func finish(_ entry: ExportedEntry, _ keys: EntryKeys) async {
        // It is recorded, whatever happens here: the next pull copies it too, and reports what is wrong with the replica.
        try? await replica.adopt(entry)
        await writePacks(endingWith: entry, keys)
    }

    /// Keeps an entry of unknown outcome for the next command.
    /// - Returns: The failure of this one.
    private func kept(_ entry: ExportedEntry, why: String) async -> Failure {
        do {
            try await outbox.keep(entry)
        } catch {
            return Failure.unknownOutcome(
                of: entry.entry, why: "\(why), and nothing sends it again: \(error)", isKept: false)
        }
        return Failure.unknownOutcome(of: entry.entry, why: why)
    }
}

extension Recording {
    /// Whether a chain has something newer than the observation.
    ///
    /// A snapshot that was appended since the walk began may show an earlier or a later state. If it shows what was observed,
    /// the order does not matter.
    func mayBeOlder(than head: ChainHead?) -> Bool {
        guard let head else { return false }
        if head.binding != observation.binding, head.binding != binding { return true }
        guard head.snapshot != after else { return false }
        // Its readings and its release are older too.
        if late != nil { return true }
        return observation.facets.contains { facet, content in
            head.state.facets[facet] != content.map(ContentHash.init(of:))
        }
            || observation.fingerprints.contains { fingerprint in
                let known = head.state.fingerprints[fingerprint.location]
                return known?.key == fingerprint.value?.key && known != fingerprint.value
            }
    }
}

extension Failure {
    /// The end of a chain that may have been written, or may be written later.
    fileprivate static func unknownEnd(_ entry: Entry, why: String) -> Failure {
        Failure(
            .unknownOutcome, "the history of '\(entry.header.environment)' may have ended with \(entry.reference)",
            why: why,
            remedy: "run the command again, which finds out")
    }

    /// A store that refuses to create objects.
    static func notRecorded(_ keys: EntryKeys, _ refusal: StoreRefusal) -> Failure {
        Failure(
            .unavailable, "'\(keys.environment)' was not recorded", why: refusal.why,
            remedy: refusal.remedy(allowing: "check the permission to create objects in the history"))
    }

    /// A write that may have been executed, or may be executed later.
    /// - Parameter isKept: Whether the outbox has it.
    static func unknownOutcome(of entry: Entry, why: String, isKept: Bool = true) -> Failure {
        Failure(
            .unknownOutcome, "'\(entry.header.environment)' may have been recorded as \(entry.reference)", why: why,
            remedy: isKept
                ? "the next record on this machine finds out; elsewhere, look for this entry in the log"
                : "look for this entry in the log before you record again")
    }
}
