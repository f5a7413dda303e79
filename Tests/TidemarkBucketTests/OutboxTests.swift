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

/// A snapshot whose outcome is unknown, and what later commands of the machine do about it.
@Suite final class OutboxTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)").path
    let environment: EnvironmentName
    private let clock = SleepClock()
    private let images = KindRegistry.all.images
    let reports = Locked<[String]>([])
    let objects = MemoryObjects()

    init() throws { environment = try EnvironmentName(EnvironmentName.production) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static let name = "the snapshot of release 'v10' of \(Stack.start.readable)"

    func machine(_ name: String = "1", _ objects: MemoryObjects? = nil) -> SharedHistory {
        SharedHistory(
            objects ?? self.objects, prefix: "p", address: "s3://antenna/p", cache: CacheFolder("\(folder)/\(name)"),
            images: images, clock: clock.clock)
    }

    @discardableResult
    func record(_ value: Int, label: String? = nil, on machine: SharedHistory) async throws -> AppendedSnapshot {
        let report = { @Sendable [reports] (line: String) in reports.withLock { $0.append(line) } }
        let release = try label.map { try Release(label: $0) }
        return try await machine.record(environment, release: release, whenUnsettled: .allow, report: report) { _ in
            .of([.of("a"): JSON(value)])
        }
    }

    /// Reads the history, and returns what that reports.
    private func read(_ environment: EnvironmentName? = nil) async throws -> [String] {
        reports.withLock { $0 = [] }
        try await machine().pull(environment) { [reports] line in reports.withLock { $0.append(line) } }
        return reports.withLock { $0 }
    }

    /// Records a snapshot, and then one of release v10 whose outcome is unknown.
    /// - Parameter lands: Whether it is in the bucket all the same.
    private func leaveUnknown(lands: Bool) async throws {
        try await record(1, on: machine())
        let before = objects.state.withLock { $0.objects }
        let silent = MemoryObjects { _, _ in .unknown("timed out") }
        silent.state.withLock { $0.objects = before }
        let failure = await #expect(throws: Failure.self) {
            try await record(2, label: "v10", on: machine("1", silent))
        }
        #expect(failure?.code == .unknownOutcome && failure?.why == "timed out")
        if lands { objects.state.withLock { $0.objects = silent.state.withLock { $0.objects } } }
    }

    private var files: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "\(folder)/1").filter { $0.contains(".outbox") }
                .sorted()
        }
    }

    @Test func `a snapshot that is in the chain is reported by the next command, which empties the outbox`()
        async throws
    {
        try await leaveUnknown(lands: true)
        let recorded = "\(Self.name), whose outcome was unknown, is recorded as @2 of 'antenna-production'"
        #expect(try await read() == [recorded])
        #expect(try files == [])
        #expect(try await read() == [])
    }

    @Test func `a record first reports what became of the snapshot before, and never speaks in its name`() async throws
    {
        try await leaveUnknown(lands: true)
        let refusing = MemoryObjects { _, _ in .refused("AccessDenied") }
        refusing.state.withLock { $0.objects = objects.state.withLock { $0.objects } }
        let failure = await #expect(throws: Failure.self) { try await record(3, on: machine("1", refusing)) }
        #expect(failure?.code == .unavailable && failure?.why == "AccessDenied")
        #expect(
            reports.withLock { $0 } == [
                "\(Self.name), whose outcome was unknown, is recorded as @2 of 'antenna-production'"
            ])
        #expect(try files == [])
    }

    @Test func `a snapshot that is not there waits: readers report it, and the next record sends it again`()
        async throws
    {
        try await leaveUnknown(lands: false)
        let waits =
            "\(Self.name), @2 of 'antenna-production', waits with an unknown outcome: the next record sends it again"
        for _ in 0..<2 { #expect(try await read(environment) == [waits]) }
        #expect(try await record(3, on: machine()).entry.header.seq == Seq(rawValue: 3))
        #expect(
            reports.withLock { $0.last }
                == "\(Self.name), whose outcome was unknown, is recorded as @2 of 'antenna-production'")
        #expect(try files == [])
        #expect(try await read() == [])
    }

    @Test
    func `a snapshot whose number another one has was never recorded, which readers report until the next record`()
        async throws
    {
        try await leaveUnknown(lands: false)
        try await record(3, on: machine("2"))
        let never =
            "\(Self.name), whose outcome was unknown, was never recorded: @2 of 'antenna-production' is another entry: "
            + "record the release again"
        for _ in 0..<2 { #expect(try await read() == [never]) }
        reports.withLock { $0 = [] }
        try await record(4, label: "v10", on: machine())
        #expect(reports.withLock { $0 } == [never])
        #expect(try files == [])
        #expect(try await read() == [])
    }

    @Test func `a snapshot whose chain has ended meanwhile was never recorded, which the refused record reports`()
        async throws
    {
        try await leaveUnknown(lands: false)
        let sealer = machine("2")
        try await sealer.pull(environment) { _ in }
        let end = try await sealer.end(
            environment, with: Move(to: nil), caller: nil, time: { (Stack.start, .aws) }, report: { _ in },
            prepare: { _ in })
        #expect(end.seq == Seq(rawValue: 2))
        let failure = await #expect(throws: Failure.self) { try await record(3, on: machine()) }
        #expect(failure?.code == .mismatch)
        #expect(
            reports.withLock { $0.last }?.contains("was never recorded: @2 of 'antenna-production' is another entry")
                == true)
        #expect(try files == [])
    }

    @Test func `while the outcome is unknown nothing else is recorded, and the error names both`() async throws {
        try await leaveUnknown(lands: false)
        let silent = MemoryObjects { _, state in
            state.objects["p/antenna-production/entries/000000000002"] = nil
            return .unknown("timed out")
        }
        silent.state.withLock { $0.objects = objects.state.withLock { $0.objects } }
        let failure = await #expect(throws: Failure.self) { try await record(3, on: machine("1", silent)) }
        #expect(
            failure?.description
                == "'antenna-production' was not recorded: the outcome of \(Self.name), @2 of 'antenna-production', is still "
                + "unknown: timed out: record again when the bucket answers")
        #expect(failure?.code == .unavailable)
        #expect(try files.count == 1)
    }

    @Test func `a snapshot that was written, and whose neighbours cannot be read, waits too`() async throws {
        try await record(1, on: machine())
        let failing = FailingLists(objects)
        let machine = SharedHistory(
            failing, prefix: "p", address: "s3://antenna/p", cache: CacheFolder("\(folder)/1"), images: images,
            clock: clock.clock)
        let failure = await #expect(throws: Failure.self) { try await record(2, label: "v10", on: machine) }
        #expect(failure?.code == .unknownOutcome)
        #expect(
            try await read() == ["\(Self.name), whose outcome was unknown, is recorded as @2 of 'antenna-production'"])
    }

    @Test func `a snapshot is not sent into a bucket that lacks the entry before it`() async throws {
        try await leaveUnknown(lands: false)
        objects.state.withLock { $0.objects = [:] }
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/1") where !file.hasSuffix(".outbox")
        {
            try FileManager.default.removeItem(atPath: "\(folder)/1/\(file)")
        }
        #expect(try await record(3, on: machine()).entry.header.seq == Seq(rawValue: 1))
        #expect(
            reports.withLock { $0 } == [
                "\(Self.name), @2 of 'antenna-production', is not sent again: the entry before it is not the end of the chain"
            ])
        #expect(try files.count == 1)
    }

    @Test(arguments: ["", "no entry"])
    func `a file that is not an entry is set aside under a number, and prevents nothing`(_ text: String) async throws {
        try await leaveUnknown(lands: false)
        let file = try #require(try files.first)
        for number in 1...2 {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/1/\(file)"))
            reports.withLock { $0 = [] }
            try await record(2 + number, on: machine())
            let aside = "\(folder)/1/\(file).aside\(number == 1 ? "" : "-2")"
            let why = text.isEmpty ? "it is empty" : "it is not zlib data of at most 67108864 bytes"
            #expect(
                reports.withLock { $0 } == [
                    "'\(folder)/1/\(file)' is not used: it has no entry of 'antenna-production' whose outcome is unknown: \(why); "
                        + "it is now '\(aside)'"
                ])
        }
        #expect(try files == ["\(file).aside", "\(file).aside-2"])
    }

    @Test func `an environment that only the outbox has is reported where all are read`() async throws {
        let silent = MemoryObjects { _, _ in .unknown("timed out") }
        await #expect(throws: Failure.self) { try await record(1, on: machine("1", silent)) }
        let name = "the binding of \(Stack.start.readable)"
        #expect(
            try await read() == [
                "\(name), @0 of 'antenna-production', waits with an unknown outcome: the next record sends it again"
            ])
        try await record(2, on: machine())
        #expect(
            reports.withLock { $0.last }
                == "\(name), whose outcome was unknown, is recorded as @0 of 'antenna-production'; the snapshot that was to follow "
                + "it was not recorded: record it again")
    }
}

/// A store whose lists fail after an object was created.
private struct FailingLists: ObjectStore {
    let objects: MemoryObjects

    init(_ objects: MemoryObjects) { self.objects = objects }

    func read(_ key: String) async -> ReadOutcome { await objects.read(key) }
    func create(_ key: String, _ bytes: [UInt8]) async -> CreateOutcome { await objects.create(key, bytes) }

    func keys(withPrefix prefix: String, after key: String?) async -> ListOutcome {
        let count = objects.state.withLock { $0.objects.count }
        return count > 2 ? .unknown("timed out") : await objects.keys(withPrefix: prefix, after: key)
    }
}
