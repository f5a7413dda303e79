import Synchronization
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct SharedCredentialsTests {
    /// A source that gives what it is told, and counts.
    private final class Scripted: CredentialSource {
        let name = "the script"
        private let answers: Mutex<[Result<LoadedCredentials?, AWSError>]>
        private let loads = Mutex(0)
        private let gate: Gate?
        var count: Int { loads.withLock { $0 } }

        init(_ answers: [Result<LoadedCredentials?, AWSError>], gate: Gate? = nil) {
            self.answers = Mutex(answers)
            self.gate = gate
        }

        func load() async throws(AWSError) -> LoadedCredentials? {
            loads.withLock { $0 += 1 }
            await gate?.pass()
            return try answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.get()
        }
    }

    /// Keeps whoever comes until it is opened.
    private actor Gate {
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private var isOpen = false

        func pass() async {
            if !isOpen { await withCheckedContinuation { waiting.append($0) } }
        }

        func open() {
            isOpen = true
            for one in waiting { one.resume() }
        }
    }

    /// A clock that a test sets.
    private final class Hands: Sendable {
        private let time = Mutex<Int64>(0)
        var clock: ClientClock {
            ClientClock(
                now: { UTCTime(milliseconds: self.time.withLock { $0 } * 1000) }, elapsed: { .zero }, sleep: { _ in },
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
        AWSError(kind: .unavailable, message: "out of order"))

    private let hands = Hands()

    private func shared(_ sources: any CredentialSource...) -> SharedCredentials {
        SharedCredentials(CredentialChain(sources: sources), clock: hands.clock)
    }

    @Test func `what does not end is loaded once`() async throws {
        let source = Scripted([Self.loaded("A", until: nil)])
        let credentials = shared(source)
        for second in [0, 1_000_000_000] as [Int64] {
            hands.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == "A")
        }
        #expect(source.count == 1)
    }

    @Test func `what ends is renewed five minutes before`() async throws {
        let source = Scripted([Self.loaded("A", until: 3600), Self.loaded("B", until: 7200)])
        let credentials = shared(source)
        for (second, name) in [(0, "A"), (3299, "A"), (3300, "B"), (6899, "B")] as [(Int64, String)] {
            hands.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == name)
        }
        #expect(source.count == 2)
    }

    @Test func `what lives shorter is renewed after half of its life`() async throws {
        let source = Scripted([Self.loaded("A", until: 60), Self.loaded("B", until: 3600)])
        let credentials = shared(source)
        for (second, name) in [(0, "A"), (29, "A"), (30, "B")] as [(Int64, String)] {
            hands.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == name)
        }
    }

    @Test func `a renewal that fails is tried again later while the old ones hold, and is an error then`() async throws
    {
        let source = Scripted([Self.loaded("A", until: 3600), Self.failed])
        let credentials = shared(source)
        _ = try await credentials.credentials()
        for (second, loads) in [(3300, 2), (3310, 2), (3330, 3), (3599, 4)] as [(Int64, Int)] {
            hands.set(seconds: second)
            #expect(try await credentials.credentials().accessKeyID == "A")
            #expect(source.count == loads)
        }
        hands.set(seconds: 3629)
        let error = await #expect(throws: AWSError.self) { try await credentials.credentials() }
        #expect(error?.message == "out of order")
    }

    @Test func `the place that gave them renews them, and no other`() async throws {
        let first = Scripted([.success(nil), Self.loaded("X", until: nil)])
        let second = Scripted([Self.loaded("A", until: 100), .success(nil)])
        let credentials = shared(first, second)
        _ = try await credentials.credentials()
        hands.set(seconds: 200)
        let error = await #expect(throws: AWSError.self) { try await credentials.credentials() }
        #expect(error?.message == "there are no more credentials in the script")
        #expect(first.count == 1)
    }

    @Test func `what has ended already is not taken`() async throws {
        hands.set(seconds: 100)
        let credentials = shared(Scripted([Self.loaded("A", until: 100)]))
        let error = await #expect(throws: AWSError.self) { try await credentials.credentials() }
        #expect(error?.kind == .credentials)
        #expect(
            error?.message == "the credentials of the script have ended: renew them, or correct this machine's clock")
    }

    @Test func `a hundred callers load once, and one that is cancelled takes nothing from the others`() async throws {
        let gate = Gate()
        let source = Scripted([Self.loaded("A", until: 3600)], gate: gate)
        let credentials = shared(source)
        let impatient = Task { try await credentials.credentials() }
        while source.count == 0 { await Task.yield() }
        impatient.cancel()
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await credentials.credentials().accessKeyID } }
            await gate.open()
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(names == ["A"])
        #expect(source.count == 1)
    }

    @Test func `where there is nothing, it is said where it was looked for`() async throws {
        let error = try await AWSSettings.test().failure()
        #expect(error?.kind == .credentials)
        #expect(
            error?.message
                == "no AWS credentials: there are none in the environment, a web identity, profile 'default' in "
                + "'/home/me/.aws/credentials', profile 'default' in '/home/me/.aws/config', the container: set "
                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile that has some")
        let half = try await AWSSettings.test(["AWS_SECRET_ACCESS_KEY": "hush"]).failure()
        #expect(half?.message == "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both")
    }
}
