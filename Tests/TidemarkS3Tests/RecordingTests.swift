import AWSClient
import CivilTime
import Foundation
import Locking
import StrictJSON
import Testing
import Tidemark
import TidemarkBucket
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkS3

/// Recorders of one bucket, over HTTP as the client speaks it.
@Suite struct RecordingTests {
    private let environment: EnvironmentName

    init() throws { environment = try EnvironmentName("antenna-production") }

    private func observation(_ value: Int) -> EnvironmentObservation {
        EnvironmentObservation(
            started: Stack.start, finished: Stack.start,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: "e-abc"),
            caller: "arn:aws:iam::123456789012:user/release-bot",
            facets: [FacetID(Stack.database, Snapshot.description): JSON(value)],
            coverage: Coverage(questions: [], gaps: []))
    }

    private func store(
        _ objects: S3Objects, _ replica: any Replica = MemoryReplica(images: KindRegistry.all.images),
        clock: ProgramClock = .system
    ) -> BucketStore {
        BucketStore(
            objects, replica: replica, outbox: MemoryOutbox(), prefix: "team/history",
            images: KindRegistry.all.images, clock: clock)
    }

    private func objects(over transport: any Transport) -> S3Objects {
        let client = AWSClient(
            region: "us-west-2", credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"),
            endpoints: Endpoints(["AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"]), transport: transport)
        return S3Objects(client, bucket: "history")
    }

    private func record(_ value: Int, in store: BucketStore) async throws -> AppendedSnapshot {
        let loop = RecordLoop(
            environment, release: nil, whenUnsettled: .allow, attempt: RandomID(), timeout: .seconds(300),
            clock: .system)
        return try await loop.record(in: store, lock: { {} }, walk: { _ in observation(value) })
    }

    /// The entries of the chain, as a recorder without a replica reads them.
    private func head(_ objects: S3Objects) async throws -> Seq? {
        try await store(objects).head(of: environment)?.header.seq
    }

    @Test func `an answer that is lost, a conflict and a full server do not lead to a second snapshot`() async throws {
        let errors = [BucketServer.error(409, "ConditionalRequestConflict"), BucketServer.error(503, "SlowDown")]
        let server = BucketServer(
            fault: { request, number in
                guard request.method == "PUT", number.isMultiple(of: 2) else { return nil }
                return number.isMultiple(of: 4)
                    ? .failure(TransportError(.connection, "reset")) : .success(errors[number / 2 % 2])
            }, executesFaults: true)
        let objects = objects(over: server)
        var clock = ProgramClock.system
        clock.sleep = { _ in }
        let folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try FileReplica(
            at: folder.appending(path: "replica.sqlite").path, of: "s3://history", images: KindRegistry.all.images
        ) { Issue.record("'\($0)' was reported") }
        let recorders = [store(objects, clock: clock), store(objects, file, clock: clock)]
        for value in 1...4 { _ = try await record(value, in: recorders[value % 2]) }

        #expect(try await head(objects) == Seq(rawValue: 4))
        #expect(server.entryCount == 5)
        // The second recorder copies what the first one appended last.
        _ = try await recorders[1].head(of: environment)
        let copied = try History.open(readingAt: file.path, images: KindRegistry.all.images).verify()
        #expect(copied.entries == [environment: 5])
    }

    /// A transport that sends a request again by itself if there is no answer.
    private struct RepeatingTransport: Transport {
        let server: BucketServer

        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            do throws(TransportError) { return try await server.send(request) } catch {
                return try await server.send(request)
            }
        }
    }

    @Test(arguments: [false, true])
    func `a client that sends requests again by itself takes a recorded snapshot for a refused one`(
        _ isRepeating: Bool
    ) async throws {
        let answers = Locked<[Result<HTTPResponse, TransportError>]>([
            .failure(TransportError(.connection, "reset")), .success(BucketServer.error(403, "AccessDenied")),
        ])
        let server = BucketServer(
            fault: { request, _ in
                guard request.method == "PUT", request.url.hasSuffix("000000000001") else { return nil }
                return answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            }, executesFaults: true)
        var clock = ProgramClock.system
        clock.sleep = { _ in }
        let store = store(objects(over: isRepeating ? RepeatingTransport(server: server) : server), clock: clock)
        if isRepeating {
            let failure = await #expect(throws: Failure.self) { try await record(1, in: store) }
            #expect(failure?.what == "'antenna-production' was not recorded")
        } else {
            #expect(try await record(1, in: store).entry.header.seq == Seq(rawValue: 1))
        }
        #expect(server.entryCount == 2)
    }

    private static let variables = ProcessInfo.processInfo.environment

    /// Runs against a server where one is named: `S3_ENDPOINT`, `S3_ACCESS_KEY`, `S3_SECRET_KEY` and an empty `S3_BUCKET`.
    @Test(.enabled(if: variables["S3_ENDPOINT"] != nil, "needs a server"))
    func `sixteen recorders of one bucket record once each, and a race has one winner`() async throws {
        let value = { (name: String) in try #require(Self.variables[name]) }
        let client = AWSClient(
            region: Self.variables["S3_REGION"] ?? "us-west-2",
            credentials: Credentials(
                accessKeyID: try value("S3_ACCESS_KEY"), secretAccessKey: try value("S3_SECRET_KEY")),
            endpoints: Endpoints(["AWS_ENDPOINT_URL_S3": try value("S3_ENDPOINT")]), transport: CurlTransport(),
            maximumConcurrentCalls: 64)
        let objects = S3Objects(client, bucket: try value("S3_BUCKET"))
        let race = "race/\(RandomID())"
        let winners = await withTaskGroup(of: CreateOutcome.self) { group in
            for number in 0..<64 { group.addTask { await objects.create(race, [UInt8(number)]) } }
            return await group.reduce(into: 0) { $0 += $1 == .created ? 1 : 0 }
        }
        #expect(winners == 1)
        #expect(await objects.keys(withPrefix: "race/", after: nil) == .page([race], hasMore: false))
        #expect(await objects.keys(withPrefix: "race/", after: race) == .page([], hasMore: false))

        let seqs = try await withThrowingTaskGroup(of: Seq.self) { group in
            for _ in 0..<16 { group.addTask { try await record(1, in: store(objects)).entry.header.seq } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seqs.sorted().map(\.rawValue) == Array(1...16))
        #expect(try await head(objects) == Seq(rawValue: 16))
    }
}
