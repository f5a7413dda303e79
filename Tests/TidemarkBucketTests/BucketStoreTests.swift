import Locking
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

@Suite struct BucketStoreTests {
    private let environment: EnvironmentName
    private let clock = SleepClock()
    private let replica = MemoryReplica(images: KindRegistry.all.images)
    private let outbox = MemoryOutbox()

    init() throws { environment = try EnvironmentName(EnvironmentName.production) }

    /// The store as this machine reaches it; with another replica, as another machine does.
    private func store(_ objects: MemoryObjects, _ replica: MemoryReplica? = nil) -> BucketStore {
        BucketStore(
            objects, replica: replica ?? self.replica, outbox: replica == nil ? outbox : MemoryOutbox(), prefix: "p",
            images: KindRegistry.all.images, clock: clock.clock)
    }

    @discardableResult
    private func record(
        _ facets: [FacetID: JSON?], in objects: MemoryObjects, replica: MemoryReplica? = nil,
        walk: () async throws -> Void = {}
    ) async throws -> AppendedSnapshot {
        let loop = RecordLoop(
            environment, release: nil, whenUnsettled: .allow, attempt: RandomID(), timeout: .seconds(300),
            clock: clock.clock)
        return try await loop.record(in: store(objects, replica), lock: { {} }) { _ in
            try await walk()
            return .of(facets)
        }
    }

    @Test func `a release is signed over the end of the chain at which it is appended`() async throws {
        let objects = MemoryObjects()
        try await record([.of("a"): 1], in: objects)
        let bookings = Locked<[Booking]>([])
        let signer = BookingSigner(images: { _ in ["b@sha256:1", "a@sha256:2"] }) { booking, _ in
            bookings.withLock { $0.append(booking) }
            return BookingSigner.Identified(.unsigned(.noToken))
        }
        let other = MemoryReplica(images: KindRegistry.all.images)
        let loop = RecordLoop(
            environment, release: try Release(label: "v10"), signer: signer, whenUnsettled: .allow,
            attempt: .fixed, timeout: .seconds(300), clock: clock.clock)
        let appended = try await loop.record(in: store(objects), lock: { {} }) { _ in
            try await record([.of("b"): 2], in: objects, replica: other)
            return .of([.of("a"): 1])
        }
        let booking = try #require(bookings.withLock { $0.first })
        #expect(bookings.withLock { $0.count } == 1)
        #expect(booking.root == appended.body.root)
        #expect(booking.images == ["a@sha256:2", "b@sha256:1"])
        #expect(booking.attempt == appended.entry.header.attempt)
        #expect(booking.audience.hasPrefix("tidemark:"))
        #expect(booking.audience.count == 73)
    }

    private func failure(_ body: () async throws -> Void) async -> Failure? {
        await #expect(throws: Failure.self) { try await body() }
    }

    private var key: String { "p/antenna-production/entries/00000000000" }

    @Test func `the first record of a bucket writes a binding and a snapshot, each in an object`() async throws {
        let objects = MemoryObjects()
        let appended = try await record([.of("a"): 1], in: objects)
        #expect(appended.isNewlyBound)
        #expect(objects.state.withLock { $0.objects.keys.sorted() } == [key + "0", key + "1"])
        #expect(
            objects.requests == [
                "LIST", "GET 00", "LIST", "LIST", "GET 00", "LIST",
                "PUT 00", "GET 00", "LIST", "PUT 01", "GET 00", "GET 01", "LIST",
            ])
        #expect(clock.elapsed == .zero)
    }

    @Test func `a record with a replica makes nine requests`() async throws {
        let objects = MemoryObjects()
        try await record([.of("a"): 1], in: objects)
        let before = objects.requests.count
        try await record([.of("a"): 2], in: objects)
        #expect(
            objects.requests.dropFirst(before) == [
                "GET 01", "GET 02", "LIST", "GET 01", "GET 02", "PUT 02", "GET 01", "GET 02", "LIST",
            ])
    }

    @Test func `two recorders that see the same record both, with one walk each`() async throws {
        let objects = MemoryObjects()
        let other = MemoryReplica(images: KindRegistry.all.images)
        try await record([.of("a"): 1], in: objects)
        var walks = 0
        let appended = try await record([.of("a"): 2], in: objects) {
            walks += 1
            try await record([.of("a"): 2], in: objects, replica: other)
        }
        #expect(walks == 1)
        #expect(appended.entry.header.seq == Seq(rawValue: 3))
        #expect(appended.changes.isEmpty)
    }

    @Test func `an observation that another recorder contradicts is made again`() async throws {
        let objects = MemoryObjects()
        let other = MemoryReplica(images: KindRegistry.all.images)
        var walks = 0
        try await record([.of("a"): 1], in: objects) {
            walks += 1
            if walks == 1 { try await record([.of("a"): 2], in: objects, replica: other) }
        }
        #expect(walks == 2)
    }

    @Test func `a lost answer does not lead to a second snapshot`() async throws {
        let objects = MemoryObjects { number, _ in number % 2 == 1 ? .unknown("connection lost") : nil }
        let appended = try await record([.of("a"): 1], in: objects)
        #expect(appended.entry.header.seq == Seq(rawValue: 1))
        #expect(objects.state.withLock { $0.objects.count } == 2)
    }

    @Test func `a request without an answer is sent again for a minute, and then its outcome is unknown`() async throws
    {
        let objects = MemoryObjects()
        try await record([.of("a"): 1], in: objects)
        let silent = MemoryObjects { _, _ in .unknown("timed out") }
        silent.state.withLock { $0.objects = objects.state.withLock { $0.objects } }
        let start = clock.elapsed
        let failure = await failure { try await record([.of("a"): 2], in: silent) }
        #expect(failure?.code == .unknownOutcome)
        #expect(failure?.why == "timed out")
        #expect(.seconds(50)...(.seconds(60)) ~= clock.elapsed - start)
        #expect(5...30 ~= silent.requests.count { $0 == "PUT 02" })
    }

    @Test(arguments: [(1, Failure.Code.unavailable), (2, .unknownOutcome)])
    func `a refusal means that nothing was recorded, unless an answer was lost before`(
        _ first: Int, _ code: Failure.Code
    ) async throws {
        let objects = MemoryObjects { number, state in
            state.objects = [:]
            return number < first ? .unknown("timed out") : .refused("AccessDenied")
        }
        let failure = await failure { try await record([.of("a"): 1], in: objects) }
        #expect(failure?.code == code)
        #expect(failure?.why == "AccessDenied")
    }

    @Test(arguments: ["replaced", "removed"])
    func `a bucket that is not the one of the replica is refused with both heads`(_ change: String) async throws {
        let objects = MemoryObjects()
        let first = try await record([.of("a"): 1], in: objects).entry.reference
        let others = MemoryObjects()
        let other = try await record([.of("a"): 2], in: others, replica: MemoryReplica(images: KindRegistry.all.images))
        let (key, known) = (key + "1", others.state.withLock { $0.objects })
        objects.state.withLock { $0.objects[key] = change == "replaced" ? known[key] : nil }
        let failure = await failure { try await record([.of("a"): 3], in: objects) }
        #expect(failure?.code == .history)
        #expect(failure?.why?.contains("\(first)") == true)
        #expect(failure?.why?.contains("\(other.entry.reference)") == (change == "replaced"))
        #expect(!objects.requests.contains("PUT 02"))
    }

    @Test(arguments: [true, false])
    func `a removed entry before others is an error, whether the replica ends before it or is empty`(
        isEmpty: Bool
    ) async throws {
        let objects = MemoryObjects()
        let known = MemoryReplica(images: KindRegistry.all.images)
        try await record([.of("a"): 1], in: objects)
        _ = try await store(objects, known).head(of: environment)
        for value in 2...4 { try await record([.of("a"): JSON(value)], in: objects) }
        let removed = key + "2"
        objects.state.withLock { $0.objects[removed] = nil }
        let replica = isEmpty ? MemoryReplica(images: KindRegistry.all.images) : known
        let failure = await failure { try await record([.of("a"): 5], in: objects, replica: replica) }
        #expect(failure?.code == .history)
        #expect(failure?.why == "it has entry @3, and lacks entry @2")
        #expect(objects.state.withLock { $0.objects.count } == 4)
    }

    /// A replica that cannot be written.
    private struct FullReplica: Replica {
        func head(of environment: EnvironmentName) -> ChainHead? { nil }
        func adopt(_ entry: ExportedEntry) throws { throw Failure(.unavailable, "no space left") }
        func adopt(_ entries: [ExportedEntry]) throws { throw Failure(.unavailable, "no space left") }
    }

    @Test func `a snapshot that the replica cannot keep is recorded all the same`() async throws {
        let objects = MemoryObjects()
        let full = BucketStore(
            objects, replica: FullReplica(), outbox: outbox, prefix: "p", images: KindRegistry.all.images,
            clock: clock.clock)
        let recording = Recording(
            environment: environment, observation: .of(), release: nil, after: nil, attempt: RandomID())
        #expect(try await full.publish(recording)?.entry.header.seq == Seq(rawValue: 1))
        let failure = await failure { _ = try await full.publish(recording) }
        #expect(failure?.what == "no space left")
    }

    @Test func `a chain that begins with a later entry is found`() async throws {
        let objects = MemoryObjects()
        try await record([.of("a"): 1], in: objects)
        let key = key + "0"
        objects.state.withLock { $0.objects[key] = nil }
        let failure = await failure {
            _ = try await store(objects, MemoryReplica(images: KindRegistry.all.images)).head(of: environment)
        }
        #expect(failure?.what == "entry @1 of 'antenna-production' is damaged")
        #expect(failure?.why == "it does not follow the entry before it")
    }
}
