import TidemarkKinds
import FoundationEssentials
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkHistory

/// Recorders that get in each other's way: they take turns, and an older look never overwrites a newer one.
@Suite(.timeLimit(.minutes(10))) struct RecordTests {
    private let scratch: Scratch
    private let name: EnvironmentName
    private let lock: String

    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
        lock = RecorderLock.lockPath(of: scratch.path, name)
    }

    @discardableResult
    private func record(
        lockTimeout: LockTimeout = LockTimeout(), isWaiting: () -> Void = {},
        walk: (Head?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        try await History.record(
            at: scratch.path, images: KindRegistry.all.images, environment: name, release: nil,
            lockTimeout: lockTimeout, isWaiting: isWaiting,
            walk: walk)
    }

    // MARK: An older look

    @Test func `who was overtaken looks again, with what is known by then`() async throws {
        var known: [Seq?] = []
        let appended = try await record { head in
            if known.isEmpty { try scratch.append(.of([.of("a"): 1])) }
            known.append(head?.snapshot)
            return .of([.of("a"): 2])
        }
        #expect(known == [nil, Seq(rawValue: 1)])
        #expect(appended.entry.header.seq == Seq(rawValue: 2))
    }

    @Test func `who is overtaken until its patience is over gives up, and nothing of it is recorded`() async throws {
        var looks = 0
        let failure = await #expect(throws: Failure.self) {
            try await record(lockTimeout: LockTimeout(total: .milliseconds(50))) { _ in
                looks += 1
                try scratch.append(.of([.of("others"): JSON(looks)]))
                return .of([.of("mine"): 1])
            }
        }
        #expect(failure?.code == .conflict)
        #expect(looks >= 1)
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

    // MARK: Turns

    @Test func `one at a time walks, and the lock's file is there just as long`() async throws {
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
        #expect(try scratch.count("entry") == 7)
    }

    @Test func `another environment of the file has turns of its own`() async throws {
        let other = try EnvironmentName("antenna-staging")
        try await record { _ in
            let appended = try await History.record(
                at: scratch.path, images: KindRegistry.all.images, environment: other, release: nil
            ) { _ in .of() }
            #expect(appended.isNewlyBound)
            return .of()
        }
        #expect(try scratch.count("entry") == 4)
    }

    @Test func `a link to the history means the same turn`() async throws {
        let link = "\(scratch.folder)/link.sqlite"
        try scratch.append(.of())
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: scratch.path)
        #expect(RecorderLock.lockPath(of: link, name) == lock)
    }

    @Test func `a turn that does not come is waited for, which is said, and then done without`() async throws {
        var (walks, notes) = (0, 0)
        try await record { _ in
            walks += 1
            guard walks == 1 else { return .of([.of("a"): 2]) }
            let lockTimeout = LockTimeout(total: .milliseconds(30), quiet: .zero)
            try await record(lockTimeout: lockTimeout, isWaiting: { notes += 1 }, walk: { _ in .of([.of("a"): 1]) })
            return .of([.of("a"): 0])
        }
        #expect(notes == 1)
        // The one who sat on the turn was overtaken, and looked again.
        #expect(walks == 2)
        #expect(try scratch.snapshot("latest").facets[.of("a")]?.content == 2)
        #expect(try scratch.files == ["tidemark.sqlite"])
    }

    @Test func `who is cancelled while waiting has recorded nothing, and the turn stays with its holder`() async throws
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
        #expect(try scratch.count("entry") == 2)
    }

    @Test func `a file that a killed recorder left behind is taken over and removed`() async throws {
        try Data().write(to: URL(filePath: lock))
        try await record(lockTimeout: LockTimeout(total: .zero)) { _ in .of() }
        #expect(try scratch.files == ["tidemark.sqlite"])
    }

    @Test(arguments: ["file", "folder", "link"])
    func `what else has the lock's name is left alone, and recording goes on without turns`(_ kind: String) async throws
    {
        switch kind {
        case "file": try Data("mine".utf8).write(to: URL(filePath: lock))
        case "folder": try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: false)
        default: try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: "elsewhere")
        }
        try await record { _ in .of() }
        #expect(try scratch.count("entry") == 2)
        #expect(try scratch.files == ["tidemark.sqlite", "tidemark.sqlite.antenna-production.lock"])
    }
}

/// Counts who walks at the same time.
private actor Walkers {
    private var now = 0
    private(set) var most = 0

    func enter() {
        now += 1
        most = max(most, now)
    }

    func leave() { now -= 1 }
}
