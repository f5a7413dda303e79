import FoundationEssentials
import HistoryFiles
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkHistory

/// Concurrent recorders: they wait for each other, and an older observation never overwrites a newer one.
@Suite(.timeLimit(.minutes(10))) struct RecordTests {
    private let scratch: Scratch
    private let name: EnvironmentName
    private let lock: String
    private let time = ManualClock()

    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
        lock = RecorderLock.path(for: scratch.path, name)
    }

    @discardableResult
    private func record(
        lockTimeout: LockTimeout = LockTimeout(), isWaiting: () -> Void = {},
        walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        try await History.record(
            at: scratch.path, images: KindRegistry.all.images, environment: name, release: nil,
            lockTimeout: lockTimeout, clock: time.clock, isWaiting: isWaiting, walk: walk)
    }

    // MARK: Overtaken walks

    @Test func `an overtaken walk is repeated with the newest entry`() async throws {
        var known: [Seq?] = []
        let appended = try await record { head in
            if known.isEmpty { try scratch.append(.of([.of("a"): 1])) }
            known.append(head?.snapshot)
            return .of([.of("a"): 2])
        }
        #expect(known == [nil, Seq(rawValue: 1)])
        #expect(appended.entry.header.seq == Seq(rawValue: 2))
    }

    @Test func `a walk that is overtaken until the timeout fails, and nothing of it is recorded`() async throws {
        var walks = 0
        let failure = await #expect(throws: Failure.self) {
            try await record(lockTimeout: LockTimeout(total: .seconds(300))) { _ in
                walks += 1
                time.advance(.seconds(150))
                try scratch.append(.of([.of("others"): JSON(walks)]))
                return .of([.of("mine"): 1])
            }
        }
        #expect(failure?.code == .conflict)
        #expect(walks == 2)
        #expect(try scratch.snapshot("latest").facets[.of("mine")] == nil)
        #expect(try scratch.files == ["tidemark.sqlite"])
    }

    @Test func `a walk that fails leaves no file behind`() async throws {
        await #expect(throws: Failure.self) { try await record { _ in throw Failure(.unavailable, "no answer") } }
        #expect(try scratch.files.isEmpty)
    }

    @Test func `a walk that is cancelled is not recorded`() async throws {
        await #expect(throws: CancellationError.self) {
            try await record { _ in
                withUnsafeCurrentTask { $0?.cancel() }
                return .of()
            }
        }
        #expect(try scratch.files.isEmpty)
    }

    // MARK: The lock

    @Test func `only one recorder walks at a time, and the lock's file exists as long`() async throws {
        let walkers = Walkers()
        let (path, name, lock) = (scratch.path, name, lock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    _ = try await History.record(
                        at: path, images: KindRegistry.all.images, environment: name, release: nil
                    ) { _ in
                        await walkers.enter()
                        try await Task.sleep(for: .milliseconds(5))
                        #expect(FileManager.default.fileExists(atPath: lock))
                        await walkers.leave()
                        return .of([.of("a"): JSON(number)])
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await walkers.most == 1)
        #expect(try scratch.files == ["tidemark.sqlite"])
        #expect(try scratch.count("log_entry") == 7)
    }

    @Test func `another environment of the file has a lock of its own`() async throws {
        let other = try EnvironmentName("antenna-staging")
        try await record { _ in
            let appended = try await History.record(
                at: scratch.path, images: KindRegistry.all.images, environment: other, release: nil
            ) { _ in .of() }
            #expect(appended.isNewlyBound)
            return .of()
        }
        #expect(try scratch.count("log_entry") == 4)
    }

    @Test func `a link to the history leads to the same lock`() async throws {
        let link = "\(scratch.folder)/link.sqlite"
        try scratch.append(.of())
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: scratch.path)
        #expect(RecorderLock.path(for: link, name) == lock)
    }

    @Test func `a lock that stays busy is waited for and reported, and then recording proceeds without it`()
        async throws
    {
        var (walks, notes) = (0, 0)
        try await record(lockTimeout: LockTimeout(total: .seconds(3600))) { _ in
            walks += 1
            guard walks == 1 else { return .of([.of("a"): 2]) }
            try await record(isWaiting: { notes += 1 }, walk: { _ in .of([.of("a"): 1]) })
            return .of([.of("a"): 0])
        }
        #expect(notes == 1)
        #expect(time.sleepCount > 1)
        // The owner of the lock was overtaken, and repeated its walk.
        #expect(walks == 2)
        #expect(try scratch.snapshot("latest").facets[.of("a")]?.content == 2)
        #expect(try scratch.files == ["tidemark.sqlite"])
    }

    @Test func `a recorder that is cancelled while it waits records nothing, and the lock stays with its owner`()
        async throws
    {
        let (path, name, lock) = (scratch.path, name, lock)
        try await record { _ in
            let waiting = Task {
                try await History.record(at: path, images: KindRegistry.all.images, environment: name, release: nil) {
                    _ in .of([.of("a"): 1])
                }
            }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(FileManager.default.fileExists(atPath: lock))
            return .of([.of("a"): 2])
        }
        #expect(try scratch.count("log_entry") == 2)
    }

    @Test func `a lock file that a killed recorder left is acquired and removed`() async throws {
        try Data().write(to: URL(filePath: lock))
        try await record(lockTimeout: LockTimeout(total: .zero)) { _ in .of() }
        #expect(try scratch.files == ["tidemark.sqlite"])
    }

    @Test(arguments: ["file", "folder", "link"])
    func `anything else of the lock's name is left alone, and recording proceeds without a lock`(_ kind: String)
        async throws
    {
        switch kind {
        case "file": try Data("mine".utf8).write(to: URL(filePath: lock))
        case "folder": try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: false)
        default: try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: "elsewhere")
        }
        try await record { _ in .of() }
        #expect(try scratch.count("log_entry") == 2)
        #expect(try scratch.files == ["tidemark.sqlite", "tidemark.sqlite.antenna-production.lock"])
    }
}

/// Counts how many walk at the same time.
private actor Walkers {
    private var now = 0
    private(set) var most = 0

    func enter() {
        now += 1
        most = max(most, now)
    }

    func leave() { now -= 1 }
}
