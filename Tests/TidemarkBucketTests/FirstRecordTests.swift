import CivilTime
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

@Suite struct FirstRecordTests {
    @Test func `two hundred first records at once begin one log, and each is in it once`() async throws {
        let (objects, environment) = (MemoryObjects(), try EnvironmentName(EnvironmentName.production))
        let attempts = try await withThrowingTaskGroup(of: RandomID.self) { group in
            for _ in 0..<200 { group.addTask { try await record(environment, in: objects).entry.header.attempt } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let keys = EntryKeys(prefix: "p", environment: environment)
        let entries = try (0...200).map { number -> Entry in
            let seq = Seq(rawValue: Int64(number))
            let bytes = try #require(objects.state.withLock { $0.objects[keys[seq]] })
            return try EntryObject.decode(bytes, of: seq, in: keys).entry
        }
        #expect(objects.state.withLock { $0.objects[keys[Seq(rawValue: 201)]] } == nil)
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.hash == $1.header.previous })
        #expect(entries.map { $0.header.log != nil } == [true] + Array(repeating: false, count: 200))
        let recorded = Set(entries.dropFirst().map(\.header.attempt))
        #expect(recorded == Set(attempts) && recorded.count == 200)
    }

    private func record(
        _ environment: EnvironmentName, in objects: MemoryObjects
    ) async throws -> AppendedSnapshot {
        let clock = SleepClock().clock
        let store = BucketStore(
            objects, replica: MemoryReplica(images: KindRegistry.all.images), outbox: MemoryOutbox(), prefix: "p",
            images: KindRegistry.all.images, clock: clock)
        let loop = RecordLoop(
            environment, release: nil, whenUnsettled: .allow, attempt: RandomID(), timeout: .seconds(300),
            clock: clock)
        return try await loop.record(in: store, lock: { {} }, walk: { _ in .of() })
    }
}
