import FoundationEssentials
import Locking
import StrictJSON
import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket
@testable import TidemarkShared

/// Machines that share a history, each with a cache of its own.
@Suite final class SharedHistoryTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)").path
    private let environment: EnvironmentName
    private let clock = SleepClock()
    private let images = KindRegistry.all.images

    init() throws { environment = try EnvironmentName(EnvironmentName.production) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func machine(_ name: String, _ objects: MemoryObjects) -> SharedHistory {
        SharedHistory(
            objects, prefix: "p", address: "s3://antenna/p", cache: CacheFolder("\(folder)/\(name)"), images: images,
            clock: clock.clock)
    }

    @discardableResult
    private func record(
        _ value: Int, on machine: SharedHistory, as name: EnvironmentName? = nil
    ) async throws -> AppendedSnapshot {
        try await machine.record(name ?? environment, release: nil, whenUnsettled: .allow, report: Self.note) { _ in
            .of([.of("a"): JSON(value)])
        }
    }

    /// Brings the copy of a machine up to date. Nothing may be reported.
    private func pull(_ machine: SharedHistory) async throws { try await machine.pull(report: Self.note) }

    private static let note: @Sendable (String) -> Void = { Issue.record("'\($0)' was reported") }

    private func log(_ machine: SharedHistory) throws -> [ContentHash] {
        let history = try History.open(readingAt: machine.path, images: images)
        try history.verify()
        return try history.environments().flatMap { try history.entries(of: $0).map(\.entry.hash) }
    }

    @Test func `machines with empty caches record into one log, and each of them reads all of it`() async throws {
        let objects = MemoryObjects()
        let machines = ["1", "2", "3"].map { machine($0, objects) }
        let other = try EnvironmentName("a=b-\u{fc}")
        for value in 1...3 {
            try await record(value, on: machines[value % 2])
            try await record(value, on: machines[0], as: other)
        }
        for machine in machines {
            objects.state.withLock { $0.requests = [] }
            try await pull(machine)
        }
        let logs = try machines.map(log)
        #expect(logs[0].count == 8 && logs[1] == logs[0] && logs[2] == logs[0])
        #expect(CacheFolder("\(folder)/3").pulled(other, from: machines[2].address) == Stack.start)
        // A listing, and for each chain one of its packs, its entries, one that is absent, and a listing of what is behind it.
        #expect(objects.requests.count == 15 && objects.requests.count { $0 == "LIST" } == 5)
    }

    @Test func `a machine with an empty cache reads packs`() async throws {
        let objects = MemoryObjects()
        for value in 1...25 { try await record(value, on: machine("1", objects)) }
        objects.state.withLock { $0.requests = [] }
        try await pull(machine("2", objects))
        #expect(try log(machine("2", objects)) == log(machine("1", objects)))
        let entries = (20...26).map { "GET \($0)" }
        #expect(objects.requests == ["LIST", "LIST", "GET pack-10", "GET pack-10"] + entries + ["LIST"])
    }

    @Test func `a store that is shorter than the replica is refused, and the replica can still be read`() async throws {
        let objects = MemoryObjects()
        let machine = machine("1", objects)
        let first = try await record(1, on: machine).entry
        let entry = try await record(2, on: machine).entry
        objects.state.withLock { $0.objects["p/antenna-production/entries/000000000002"] = nil }
        let failure = await #expect(throws: Failure.self) { try await pull(machine) }
        let gone = "the copy ends with \(entry.reference), which the history does not have: "
        #expect(failure?.why == "\(gone)it ends with \(first.reference)")
        objects.state.withLock { $0.objects = [:] }
        #expect(await #expect(throws: Failure.self) { try await pull(machine) }?.why == "\(gone)it has no entry")
        #expect(try log(machine).count == 3)
    }

    @Test(arguments: [0, 7])
    func `objects of something else are reported and left out, unless the environment was read before`(
        _ number: Int
    ) async throws {
        let objects = MemoryObjects()
        try await record(1, on: machine("1", objects))
        let key = "p/other/entries/00000000000\(number)"
        objects.state.withLock { $0.objects[key] = [1, 2, 3] }
        let reports = Locked<[String]>([])
        try await machine("2", objects).pull { line in reports.withLock { $0.append(line) } }
        #expect(
            reports.withLock { $0 } == [
                "'other' is left out: the object '\(key)' is damaged: it is not zlib data of at most 67108864 bytes"
            ])
        #expect(try log(machine("2", objects)).count == 2)
        let other = try EnvironmentName("other")
        await #expect(throws: Failure.self) { try await machine("2", objects).pull(other, report: Self.note) }

        // The end of an environment shows that it is one.
        objects.state.withLock { $0.objects["p/antenna-production/entries/000000000000"] = [1, 2, 3] }
        objects.state.withLock { $0.objects[key] = nil }
        let failure = await #expect(throws: Failure.self) { try await pull(machine("3", objects)) }
        #expect(failure?.what == "the object 'p/antenna-production/entries/000000000000' is damaged")
        try await pull(machine("2", objects))
    }

    @Test func `commands that read at once share one replica`() async throws {
        let objects = MemoryObjects()
        for value in 1...12 { try await record(value, on: machine("1", objects)) }
        let readers = (0..<6).map { _ in machine("2", objects) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in readers { group.addTask { try await reader.pull(report: Self.note) } }
            try await group.waitForAll()
        }
        #expect(try log(readers[0]).count == 13)
    }
}
