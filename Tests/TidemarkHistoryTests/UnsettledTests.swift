import FoundationEssentials
import HistoryFiles
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkHistory

/// Recording an unsettled environment.
@Suite(.timeLimit(.minutes(10))) struct UnsettledTests {
    private let scratch: Scratch
    private let name: EnvironmentName
    private let time = ManualClock()
    private let updating = UnsettledReason.environmentStatus("Updating")

    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
    }

    @discardableResult
    private func record(
        _ release: String? = "v10", _ whenUnsettled: SettlingPolicy = .refuse,
        walk: () async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        try await History.record(
            at: scratch.path, images: KindRegistry.all.images, environment: name,
            release: release.map { label throws(Failure) in try Release(label: label) },
            whenUnsettled: whenUnsettled, clock: time.clock
        ) { _ in try await walk() }
    }

    /// A wait of which each poll takes ten seconds and has the next of the answers.
    private func waiting(_ answers: [[UnsettledReason]], _ settled: Settled, limit: Duration = .seconds(60))
        -> SettlingPolicy
    {
        .wait(
            .init(limit: limit) { [time] reasons, timeout in
                time.advance(.seconds(10))
                return await settled.next(of: answers, reasons, timeout)
            })
    }

    @Test func `a release of an unsettled environment is refused, and nothing is recorded`() async throws {
        let failure = await #expect(throws: Failure.self) { try await record { .of(unsettled: [updating]) } }
        #expect(failure?.code == .unsettled)
        #expect(
            failure?.description == """
                release 'v10' of 'antenna-production' was not recorded: the environment is unsettled: \(updating.sentence): wait \
                until it is settled, or allow it to be recorded unsettled
                """)
        #expect(try scratch.files.isEmpty)
    }

    @Test func `a snapshot without a release is recorded`() async throws {
        let appended = try await record(nil) { .of(unsettled: [updating]) }
        #expect(appended.body.unsettled == [updating])
    }

    @Test func `a release is recorded as it is if that is allowed`() async throws {
        let appended = try await record("v10", .allow) { .of(unsettled: [updating]) }
        #expect(appended.body.release?.label == "v10")
        #expect(appended.body.unsettled == [updating])
    }

    @Test func `a recorder that waits lets others record meanwhile, and walks when the environment is settled`()
        async throws
    {
        let (path, name, lock) = (scratch.path, name, RecorderLock.path(for: scratch.path, name))
        let appended = try await record(
            "v10",
            .wait(
                .init(limit: .seconds(60)) { reasons, _ in
                    #expect(reasons.isEmpty)
                    #expect(!FileManager.default.fileExists(atPath: lock))
                    _ = try await History.record(
                        at: path, images: KindRegistry.all.images, environment: name, release: nil
                    ) { _ in .of() }
                    return []
                })
        ) { .of() }
        #expect(appended.entry.header.seq == Seq(rawValue: 2))
    }

    @Test func `a deploy that begins before the walk is waited for within the same limit`() async throws {
        let settled = Settled()
        var walks = 0
        let appended = try await record("v10", waiting([[], []], settled)) {
            walks += 1
            return .of(unsettled: walks == 1 ? [updating] : [])
        }
        #expect(walks == 2)
        #expect(appended.body.unsettled.isEmpty)
        #expect(await settled.reasons == [[], [updating]])
        #expect(await settled.timeouts == [.seconds(60), .seconds(50)])
        #expect(try scratch.count("log_entry") == 2)
    }

    @Test(arguments: [nil, "v10"])
    func `an environment that does not settle in time is not recorded`(_ release: String?) async throws {
        let settled = Settled()
        let failure = await #expect(throws: Failure.self) {
            try await record(release, waiting([[updating]], settled, limit: .seconds(1200))) { .of() }
        }
        let subject = release == nil ? "'antenna-production'" : "release 'v10' of 'antenna-production'"
        #expect(failure?.code == .unsettled)
        #expect(
            failure?.description == """
                \(subject) was not recorded: the environment is still unsettled after 20 minutes: \(updating.sentence): wait \
                longer, or allow it to be recorded unsettled
                """)
        #expect(try scratch.files.isEmpty)
    }

    @Test func `a wait that is cancelled records nothing`() async throws {
        await #expect(throws: CancellationError.self) {
            try await record("v10", .wait(.init(limit: .seconds(60)) { _, _ in throw CancellationError() })) { .of() }
        }
        #expect(try scratch.files.isEmpty)
    }
}

/// The arguments of each poll, and its answers.
private actor Settled {
    private(set) var reasons: [[UnsettledReason]] = []
    private(set) var timeouts: [Duration] = []

    func next(of answers: [[UnsettledReason]], _ reasons: [UnsettledReason], _ timeout: Duration) -> [UnsettledReason] {
        defer {
            self.reasons.append(reasons)
            timeouts.append(timeout)
        }
        return answers[self.reasons.count]
    }
}
