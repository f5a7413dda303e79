import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

/// The race for one object before the first record, in stores with and without a fault.
@Suite struct RaceTests {
    private typealias Answer = @Sendable (Int, String, [UInt8], inout MemoryObjects.State) -> CreateOutcome?

    private let clock = SleepClock()

    /// Records twice.
    @discardableResult
    private func record(in objects: MemoryObjects) async throws -> Int {
        let environment = try EnvironmentName(EnvironmentName.production)
        let store = BucketStore(
            objects, replica: MemoryReplica(images: KindRegistry.all.images), outbox: MemoryOutbox(), prefix: "p",
            images: KindRegistry.all.images, clock: clock.clock)
        for _ in 0..<2 {
            let loop = RecordLoop(
                environment, release: nil, whenUnsettled: .allow, attempt: RandomID(), timeout: .seconds(300),
                clock: clock.clock)
            _ = try await loop.record(in: store, lock: { {} }, walk: { _ in .of() })
        }
        return objects.state.withLock { $0.raceCount }
    }

    @Test func `the first record races 64 requests, and no later one`() async throws {
        let objects = MemoryObjects()
        #expect(try await record(in: objects) == 64)
        #expect(objects.state.withLock { $0.raced.keys.allSatisfy { $0.hasPrefix("p/antenna-production/race/") } })
        #expect(EntryKeys.environment(of: "p/antenna-production/race/0", prefix: "p") == nil)
    }

    private static let faults: [(String, Answer)] = [
        (
            "64 of 64 requests created one object, and another one after them: the store ignores If-None-Match",
            { _, key, bytes, state in
                state.raced[key] = bytes
                return .created
            }
        ),
        (
            "3 of 64 concurrent requests created one object: the store executes more than one",
            { number, key, bytes, state in
                if number <= 3 { state.raced[key] = bytes }
                return number <= 3 ? .created : .exists
            }
        ),
        (
            "one of 64 concurrent requests created an object, which has the bytes of another: the store executes more than one",
            { number, key, bytes, state in
                state.raced[key] = bytes
                return number == 1 ? .created : .exists
            }
        ),
        (
            "the store answers 412, because an object exists, and 404, because it does not",
            { _, _, _, _ in .exists }
        ),
    ]

    @Test(arguments: 0..<4) func `a store with a fault is refused, and nothing is recorded`(_ index: Int) async throws {
        let (why, answer) = Self.faults[index]
        let objects = MemoryObjects(race: answer)
        let failure = await #expect(throws: Failure.self) { try await record(in: objects) }
        #expect(failure?.code == .invalid)
        #expect(failure?.what == "the history of 'antenna-production' cannot begin in this store")
        #expect(failure?.why == why)
        #expect(objects.state.withLock { $0.objects }.isEmpty)
    }

    @Test func `a history is not copied to a store with a fault`() async throws {
        var chain = try ChainBuilder()
        try chain.append(.of())
        for (objects, isUsable) in [(MemoryObjects(race: Self.faults[0].1), false), (MemoryObjects(), true)] {
            let store = BucketStore(
                objects, replica: MemoryReplica(images: KindRegistry.all.images), outbox: MemoryOutbox(), prefix: "p",
                images: KindRegistry.all.images, clock: clock.clock)
            if isUsable {
                try await store.copy(chain.entries)
                #expect(objects.state.withLock { $0.raceCount } == 64)
            } else {
                await #expect(throws: Failure.self) { try await store.copy(chain.entries) }
            }
            #expect(objects.state.withLock { $0.objects.count } == (isUsable ? chain.entries.count : 0))
        }
    }

    private static let losses: [Answer] = [
        // The answer of the winner is lost.
        { number, key, bytes, state in
            guard number == 1 else { return nil }
            state.raced[key] = bytes
            return .unknown("reset")
        },
        // Every second answer is lost, whether the request was executed or not.
        { number, key, bytes, state in
            guard number.isMultiple(of: 2) else { return nil }
            if number < 100, state.raced[key] == nil { state.raced[key] = bytes }
            return number < 200 ? .unknown("reset") : nil
        },
        // Credentials end after a lost answer, and others before one.
        { number, key, bytes, state in
            switch number {
            case 1:
                state.raced[key] = bytes
                return .unknown("reset")
            case 2, 3, 70: return .refused("ExpiredToken")
            default: return nil
            }
        },
    ]

    @Test(arguments: 0..<3) func `a store that loses answers is accepted`(_ index: Int) async throws {
        let objects = MemoryObjects(race: Self.losses[index])
        #expect(try await record(in: objects) > 64)
        #expect(objects.state.withLock { $0.objects.count } == 3)
    }

    @Test(arguments: [CreateOutcome.refused("AccessDenied"), .unknown("timed out")])
    func `a race without a winner decides nothing, and its reason is named`(_ outcome: CreateOutcome) async throws {
        let objects = MemoryObjects(race: { _, _, _, _ in outcome })
        let failure = await #expect(throws: Failure.self) { try await record(in: objects) }
        #expect(failure?.code == .unavailable)
        #expect(["AccessDenied", "timed out"].contains(failure?.why))
        #expect(objects.state.withLock { $0.objects }.isEmpty)
    }
}
