import CivilTime
import Synchronization
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct CredentialCacheTests {
    /// A source that returns scripted answers and counts its loads.
    private final class ScriptedSource: CredentialSource {
        let name = "the script"
        private let answers: Mutex<[Result<LoadedCredentials?, AWSError>]>
        private let loads = Mutex(0)
        private let barrier: Barrier?
        var count: Int { loads.withLock { $0 } }

        init(_ answers: [Result<LoadedCredentials?, AWSError>], barrier: Barrier? = nil) {
            self.answers = Mutex(answers)
            self.barrier = barrier
        }

        func load() async throws(AWSError) -> LoadedCredentials? {
            loads.withLock { $0 += 1 }
            await barrier?.wait()
            return try answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.get()
        }
    }

    /// A barrier that blocks callers until it is opened.
    private actor Barrier {
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private var isOpen = false

        func wait() async {
            if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        }

        func open() {
            isOpen = true
            for one in waiting { one.resume() }
        }
    }

    /// A clock whose time a test sets.
    private final class SettableClock: Sendable {
        private let time = Mutex<Int64>(0)
        var clock: ProgramClock {
            ProgramClock(
                millisecondsSince1970: { self.time.withLock { $0 } * 1000 }, elapsed: { .zero }, sleep: { _ in },
                random: { 0 })
        }
        func set(seconds: Int64) { time.withLock { $0 = seconds } }
    }

    private static func loaded(_ name: String, until seconds: Int64?) -> Result<LoadedCredentials?, AWSError> {
        .success(
            LoadedCredentials(
                credentials: Credentials(accessKeyID: name, secretAccessKey: "hush"),
                expiration: seconds.map { UTCTime(milliseconds: $0 * 1000) }))
    }

    private static let failed = Result<LoadedCredentials?, AWSError>.failure(
        AWSError(reason: .unavailable, message: "unavailable"))

    private let clock = SettableClock()

    private func shared(_ sources: any CredentialSource...) -> CredentialCache {
        CredentialCache(CredentialChain(sources: sources), clock: clock.clock)
    }

    @Test func `credentials without an expiration are loaded once`() async throws {
        let source = ScriptedSource([Self.loaded("A", until: nil)])
        let credentials = shared(source)
        for second in [0, 1_000_000_000] as [Int64] {
            clock.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == "A")
        }
        #expect(source.count == 1)
    }

    @Test func `credentials are refreshed five minutes before they expire`() async throws {
        let source = ScriptedSource([Self.loaded("A", until: 3600), Self.loaded("B", until: 7200)])
        let credentials = shared(source)
        for (second, name) in [(0, "A"), (3299, "A"), (3300, "B"), (6899, "B")] as [(Int64, String)] {
            clock.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == name)
        }
        #expect(source.count == 2)
    }

    @Test func `short-lived credentials are refreshed after half of their lifetime`() async throws {
        let source = ScriptedSource([Self.loaded("A", until: 60), Self.loaded("B", until: 3600)])
        let credentials = shared(source)
        for (second, name) in [(0, "A"), (29, "A"), (30, "B")] as [(Int64, String)] {
            clock.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == name)
        }
    }

    @Test func `a failed refresh is retried while the old credentials are valid, and then an error`() async throws {
        let source = ScriptedSource([Self.loaded("A", until: 3600), Self.failed])
        let credentials = shared(source)
        _ = try await credentials.credentials()
        for (second, loads) in [(3300, 2), (3310, 2), (3330, 3), (3599, 4)] as [(Int64, Int)] {
            clock.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == "A")
            #expect(source.count == loads)
        }
        clock.set(seconds: 3629)
        let error = await #expect(throws: AWSError.self) { try await credentials.credentials() }
        #expect(error?.message == "unavailable")
    }

    @Test func `only the source of the credentials refreshes them`() async throws {
        let first = ScriptedSource([.success(nil), Self.loaded("X", until: nil)])
        let second = ScriptedSource([Self.loaded("A", until: 100), .success(nil)])
        let credentials = shared(first, second)
        _ = try await credentials.credentials()
        clock.set(seconds: 200)
        let error = await #expect(throws: AWSError.self) { try await credentials.credentials() }
        #expect(error?.message == "the script has no more credentials")
        #expect(first.count == 1)
    }

    @Test func `expired credentials are refused`() async throws {
        clock.set(seconds: 100)
        let credentials = shared(ScriptedSource([Self.loaded("A", until: 100)]))
        let error = await #expect(throws: AWSError.self) { try await credentials.credentials() }
        #expect(error?.reason == .credentials)
        #expect(
            error?.message
                == "the credentials of the script have expired: refresh them, or correct this machine's clock")
    }

    @Test func `a hundred callers load once, and cancelling one does not affect the others`() async throws {
        let barrier = Barrier()
        let source = ScriptedSource([Self.loaded("A", until: 3600)], barrier: barrier)
        let credentials = shared(source)
        let cancelled = Task { try await credentials.credentials() }
        while source.count == 0 { await Task.yield() }
        cancelled.cancel()
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await credentials.credentials().accessKeyID } }
            await barrier.open()
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(names == ["A"])
        #expect(source.count == 1)
    }

    @Test func `an error without credentials lists the sources`() async throws {
        let error = try await AWSSettings.test().failure()
        #expect(error?.reason == .credentials)
        #expect(
            error?.message
                == "no AWS credentials in the environment, a web identity, profile 'default' in "
                + "'/home/me/.aws/credentials', profile 'default' in '/home/me/.aws/config', the container: set "
                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile that has some")
        let half = try await AWSSettings.test(["AWS_SECRET_ACCESS_KEY": "hush"]).failure()
        #expect(half?.message == "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both")
    }
}
