import StrictJSON
import Tidemark

/// A fault of a store in which recorders would overwrite each other's entries.
private enum StoreFault {
    /// It created an object again that had been there before.
    case ignoresCondition(winners: Int)
    /// Of concurrent requests for one object it executed several.
    case executesSeveral(winners: Int)
    /// The object is not the one of the only request that succeeded.
    case showsAnother
    /// It refuses to create an object that exists, and shows none.
    case hidesObject
}

extension EntryKeys {
    /// The key of an object that requests race for. It is not the key of an entry, and no listing of environments shows it.
    func race(_ id: RandomID) -> String { "\(root)race/\(id)" }
}

extension BucketStore {
    /// Refuses a store in which several requests can create one object, before it gets the first entry of a chain.
    ///
    /// Requests race for an object beside the entries, which stays there. Each sends other bytes, so that the object shows the winner.
    /// - Throws: `Failure` with the code `invalid` for a store with a fault, and `unavailable` for one without a winner; `CancellationError`.
    func race(_ keys: EntryKeys) async throws {
        guard racerCount > 0 else { return }
        let key = keys.race(RandomID())
        let outcomes = try await outcomes(of: key)
        let winners = outcomes.indices.filter { outcomes[$0] == .created }
        if winners.count > 1 {
            let isCreatedAgain = await objects.create(key, bytes(of: racerCount)) == .created
            throw Failure.fault(
                isCreatedAgain
                    ? .ignoresCondition(winners: winners.count) : .executesSeveral(winners: winners.count), keys,
                racerCount)
        }
        guard let found = try await readRaced(key, keys) else {
            guard outcomes.contains(where: { $0 == .created || $0 == .exists }) else {
                throw Failure.noWinner(outcomes, keys)
            }
            throw Failure.fault(.hidesObject, keys, racerCount)
        }
        // The winner's answer may have been lost: then the object names it.
        guard let winner = outcomes.indices.first(where: { found == bytes(of: $0) }),
            winners.isEmpty || winners == [winner]
        else { throw Failure.fault(.showsAnother, keys, racerCount) }
    }

    /// Refuses such a store before a chain of an environment is copied to it.
    package func race(for environment: EnvironmentName) async throws {
        try await race(EntryKeys(prefix: prefix, environment: environment))
    }

    private func bytes(of racer: Int) -> [UInt8] { Array("tidemark race \(racer)\n".utf8) }

    /// The outcomes of concurrent requests, by their numbers.
    private func outcomes(of key: String) async throws -> [CreateOutcome] {
        try await withThrowingTaskGroup(of: (Int, CreateOutcome).self) { group in
            for racer in 0..<racerCount { group.addTask { (racer, try await enter(key, bytes(of: racer))) } }
            var outcomes = [CreateOutcome](repeating: .unknown("the store did not answer"), count: racerCount)
            for try await (racer, outcome) in group { outcomes[racer] = outcome }
            return outcomes
        }
    }

    /// Sends a request until its outcome is known.
    private func enter(_ key: String, _ bytes: [UInt8]) async throws -> CreateOutcome {
        var (mayBeExecuted, backoff) = (false, Backoff(clock, limit: Self.readingTime))
        while true {
            switch await objects.create(key, bytes) {
            case .created: return .created
            case .exists: return .exists
            case .refused(let refusal) where !mayBeExecuted: return .refused(refusal)
            case .refused(let refusal):
                guard try await backoff.wait() else { return .unknown(refusal.why) }
            case .unknown(let why):
                mayBeExecuted = true
                guard try await backoff.wait() else { return .unknown(why) }
            }
        }
    }

    /// Reads the object; nil if it is absent for longer than a store may take to show it.
    private func readRaced(_ key: String, _ keys: EntryKeys) async throws -> [UInt8]? {
        var backoff = Backoff(clock, limit: Self.absenceTime)
        repeat {
            if let bytes = try await readBytes(key, keys) { return bytes }
        } while try await backoff.wait()
        return nil
    }
}

extension Failure {
    fileprivate static func fault(_ fault: StoreFault, _ keys: EntryKeys, _ racers: Int) -> Failure {
        let why =
            switch fault {
            case .ignoresCondition(let winners):
                "\(winners) of \(racers) requests created one object, and another one after them: the store ignores If-None-Match"
            case .executesSeveral(let winners):
                "\(winners) of \(racers) concurrent requests created one object: the store executes more than one"
            case .showsAnother:
                "one of \(racers) concurrent requests created an object, which has the bytes of another: the store executes more than one"
            case .hidesObject:
                "the store answers 412, because an object exists, and 404, because it does not"
            }
        return Failure(
            .invalid, "the history of '\(keys.environment)' cannot begin in this store", why: why,
            remedy: "use a bucket without versions, or another store: recorders would overwrite each other")
    }

    fileprivate static func noWinner(_ outcomes: [CreateOutcome], _ keys: EntryKeys) -> Failure {
        for case .refused(let refusal) in outcomes { return notRecorded(keys, refusal) }
        for case .unknown(let why) in outcomes {
            return Failure(
                .unavailable, "'\(keys.environment)' was not recorded", why: why,
                remedy: .waitForStore)
        }
        return notRecorded(keys, StoreRefusal("the store answered nothing", .remedy(.waitForStore)))
    }
}
