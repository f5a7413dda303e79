import CivilTime
import Locking
import Tidemark
import TidemarkBucket
import TidemarkHistory

/// A history in a store that several machines share, such as a bucket, with its replica on this machine.
///
/// Recorders write to the store; readers read the replica, after it was brought up to date.
package struct SharedHistory: Sendable {
    /// The address of the store, as the user names it.
    package let address: String
    /// The path of the replica's file.
    package let path: String
    private let objects: any ObjectStore
    private let prefix: String
    private let cache: CacheFolder
    let images: ImageIndex
    private let clock: ProgramClock

    /// - Parameters:
    ///   - prefix: The part of all keys before the environment; empty for none.
    ///   - address: The address of the store and the prefix, the same on each machine.
    ///   - cache: The folder of the replica.
    package init(
        _ objects: any ObjectStore, prefix: String, address: String, cache: CacheFolder, images: ImageIndex,
        clock: ProgramClock = .system
    ) {
        self.objects = objects
        self.prefix = prefix
        self.address = address
        self.cache = cache
        self.images = images
        self.clock = clock
        path = cache.replica(of: address)
    }

    /// Copies to the replica what the store has and the replica lacks.
    /// - Parameters:
    ///   - environment: The environment to read; nil for all that the store has.
    ///   - isRecorded: Whether the environment is recorded next, which settles what waits in its outbox.
    ///   - report: Receives notices and warnings, one line each.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read and a replica that cannot be written, and
    ///   `history` for a chain that is damaged, or not the one of the replica; `CancellationError`.
    package func pull(
        _ environment: EnvironmentName? = nil, isRecorded: Bool = false, report: @escaping @Sendable (String) -> Void
    ) async throws {
        let (store, replica, outbox) = try open(report)
        let time = clock.now()
        let environments: [EnvironmentName]
        if let environment {
            environments = [environment]
            try await store.pull(environment)
        } else {
            environments = try await pullAll(store, replica, outbox, report)
        }
        PullTimes(beside: path).set(time, for: environments)
        if isRecorded { return }
        for environment in environments { try await store.reportOutbox(of: environment) }
    }

    /// Pulls each environment that has an entry. Objects of something else under the keys of an environment are reported.
    private func pullAll(
        _ store: BucketStore, _ replica: FileReplica, _ outbox: FileOutbox,
        _ report: @escaping @Sendable (String) -> Void
    ) async throws -> [EnvironmentName] {
        let environments = try await allEnvironments(store, replica, outbox)
        let foreign = Locked<Set<EnvironmentName>>([])
        try await forEachConcurrently(environments) { environment in
            do {
                try await store.pull(environment)
            } catch let failure as Failure where failure.code == .history {
                guard try await replica.head(of: environment) == nil,
                    let warning = try await store.foreignObjects(of: environment)
                else { throw failure }
                report(warning)
                foreign.withLock { _ = $0.insert(environment) }
            }
        }
        return environments.filter { name in !foreign.withLock { $0.contains(name) } }
    }

    /// The environments of the store, and those of the replica and the outbox: one that the store has lost is refused, not left
    /// out.
    private func allEnvironments(
        _ store: BucketStore, _ replica: FileReplica, _ outbox: FileOutbox
    ) async throws -> [EnvironmentName] {
        var all = try await store.environments()
        var names = Set(all)
        for environment in try await replica.environments() + outbox.environments()
        where names.insert(environment).inserted {
            all.append(environment)
        }
        return all
    }

    /// What the objects of an environment's chain must have, by the replica.
    func expected(_ environment: EnvironmentName) throws(Failure) -> [ExpectedObject] {
        var entries: [ExpectedObject] = []
        try History.open(readingAt: path, images: images).export(environment) { entry throws(Failure) in
            entries.append(ExpectedObject(entry))
        }
        return entries
    }

    /// Reads the object of each entry, and compares it with the replica, which must have been brought up to date.
    /// - Returns: The number of objects.
    /// - Throws: `Failure` with the code `history` for a damaged replica, and for the first object that is not what it has;
    ///   `unavailable` for a store that cannot be read; `CancellationError`.
    package func verify(report: @escaping @Sendable (String) -> Void) async throws -> Int {
        let (store, _, _) = try open(report)
        var count = 0
        for environment in try History.open(readingAt: path, images: images).environments() {
            let entries = try expected(environment)
            try await store.verify(entries, of: environment)
            count += entries.count
        }
        return count
    }

    /// Observes an environment and appends a snapshot of it, like `History.record`. What waits in its outbox is settled first.
    /// - Parameter report: Receives notices and warnings, one line each.
    /// - Returns: The appended snapshot.
    /// - Throws: What `History.record` throws, and `Failure` with the code `unknownOutcome` if the snapshot may have been recorded.
    package func record(
        _ environment: EnvironmentName, release: Release?, signer: BookingSigner? = nil,
        probe: @escaping @Sendable () async throws -> [ProbeResult] = { [] }, whenUnsettled: SettlingPolicy = .refuse,
        lockTimeout: LockTimeout = LockTimeout(), attempt: RandomID = RandomID(), isWaiting: () -> Void = {},
        report: @escaping @Sendable (String) -> Void, walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        try await History.record(
            in: open(report).store, lockedAt: path, environment: environment, release: release,
            signer: signer, probe: probe, whenUnsettled: whenUnsettled, lockTimeout: lockTimeout, clock: clock,
            attempt: attempt,
            isWaiting: isWaiting, walk: walk)
    }

    /// Appends a note on an entry, like `History.note`. What waits in the outbox of its environment is settled first.
    /// - Parameter report: Receives notices and warnings, one line each.
    /// - Throws: What `History.note` throws, and `Failure` with the code `unknownOutcome` if the note may have been recorded.
    package func note(
        on seq: Seq, of environment: EnvironmentName, _ text: String?, _ correction: Note.Correction?, caller: String?,
        time: () -> (at: Timestamp, clock: EntryClock), report: @escaping @Sendable (String) -> Void
    ) async throws -> Entry {
        try await History.note(
            in: store(report), lockedAt: path, images: images, on: seq, of: environment, text, correction,
            caller: caller, time: time)
    }

    func store(_ report: @escaping @Sendable (String) -> Void) throws(Failure) -> BucketStore { try open(report).store }

    private func open(
        _ report: @escaping @Sendable (String) -> Void
    ) throws(Failure) -> (store: BucketStore, replica: FileReplica, outbox: FileOutbox) {
        try cache.create()
        let replica = try FileReplica(at: path, of: address, images: images, report: report)
        let outbox = FileOutbox(at: path, prefix: prefix, report: report)
        let store = BucketStore(
            objects, replica: replica, outbox: outbox, prefix: prefix, images: images, clock: clock, report: report)
        return (store, replica, outbox)
    }
}
