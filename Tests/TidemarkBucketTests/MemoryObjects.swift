import CivilTime
import Locking
import Tidemark
import TidemarkTestSupport

@testable import TidemarkBucket

/// A store of objects in memory that records its requests, and answers some as the test says.
final class MemoryObjects: ObjectStore {
    struct State {
        var objects: [String: [UInt8]] = [:]
        var requests: [String] = []
        /// The objects of races: no test of something else sees them.
        var raced: [String: [UInt8]] = [:]
        var raceCount = 0
    }

    let state = Locked(State())
    /// The answer to a request of a race, the number of which is passed; nil for the store's own. It is called before the object is
    /// created. Requests of a race are not recorded.
    private let race: @Sendable (_ number: Int, _ key: String, _ bytes: [UInt8], inout State) -> CreateOutcome?
    /// The answer to the request to create an object; nil for the store's own. It is called after the object was created.
    private let creation: @Sendable (_ number: Int, inout State) -> CreateOutcome?

    init(
        _ creation: @escaping @Sendable (Int, inout State) -> CreateOutcome? = { _, _ in nil },
        race: @escaping @Sendable (Int, String, [UInt8], inout State) -> CreateOutcome? = { _, _, _, _ in nil }
    ) {
        self.race = race
        self.creation = creation
    }

    private static func isRaced(_ key: String) -> Bool { key.contains("/race/") }

    var requests: [String] { state.withLock { $0.requests } }

    /// The end of an entry's number, or a pack's size.
    private static func name(_ key: String) -> Substring {
        key.contains("/packs/") ? "pack\(key[(key.lastIndex(of: "-") ?? key.endIndex)...])" : key.suffix(2)
    }

    func read(_ key: String) async -> ReadOutcome {
        state.withLock { state in
            if Self.isRaced(key) { return state.raced[key].map(ReadOutcome.found) ?? .absent }
            state.requests.append("GET \(Self.name(key))")
            return state.objects[key].map(ReadOutcome.found) ?? .absent
        }
    }

    func create(_ key: String, _ bytes: [UInt8]) async -> CreateOutcome {
        state.withLock { state in
            if Self.isRaced(key) {
                state.raceCount += 1
                if let outcome = race(state.raceCount, key, bytes, &state) { return outcome }
                if state.raced[key] != nil { return .exists }
                state.raced[key] = bytes
                return .created
            }
            state.requests.append("PUT \(Self.name(key))")
            let isNew = state.objects[key] == nil
            if isNew { state.objects[key] = bytes }
            let number = state.requests.count { $0.hasPrefix("PUT") }
            return creation(number, &state) ?? (isNew ? .created : .exists)
        }
    }

    func keys(withPrefix prefix: String, after key: String?) async -> ListOutcome {
        state.withLock { state in
            state.requests.append("LIST")
            let keys = state.objects.keys.filter { $0.hasPrefix(prefix) && $0 > key ?? "" }.sorted()
            return .page(Array(keys.prefix(1000)), hasMore: keys.count > 1000)
        }
    }
}

/// A clock that only sleeping advances.
final class SleepClock: Sendable {
    private let time = Locked(Duration.zero)

    var elapsed: Duration { time.withLock { $0 } }

    var clock: ProgramClock {
        ProgramClock(
            millisecondsSince1970: { Stack.start.millisecondsSince1970 }, elapsed: { self.elapsed },
            sleep: { duration in
                try Task.checkCancellation()
                self.time.withLock { $0 += duration }
            }, random: { 0.5 })
    }
}
