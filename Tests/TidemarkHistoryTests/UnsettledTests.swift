import TidemarkKinds
import FoundationEssentials
import Testing
import Tidemark

@testable import TidemarkHistory

/// What becomes of an environment that is not at rest when it is to be recorded.
@Suite(.timeLimit(.minutes(10))) struct UnsettledTests {
    private let scratch: Scratch
    private let name: EnvironmentName
    private let updating = "the environment's status is Updating"

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
            whenUnsettled: whenUnsettled
        ) { _ in try await walk() }
    }

    /// Records with a wait; each time that it is settled the next of the answers is given.
    private func waiting(_ answers: [[String]], _ settled: Settled, limit: Duration = .seconds(60)) -> SettlingPolicy {
        .wait(.init(limit: limit) { reasons, deadline in await settled.next(of: answers, reasons, deadline) })
    }

    @Test func `a release of an environment that is not at rest is refused, and nothing is recorded`() async throws {
        let failure = await #expect(throws: Failure.self) { try await record { .of(unsettled: [updating]) } }
        #expect(failure?.code == .unsettled)
        #expect(
            failure?.description == """
                release 'v10' of 'antenna-production' was not recorded: the environment is unsettled: \(updating): pass \
                --wait to wait until it is at rest, or --allow-unsettled to record it as it is
                """)
        #expect(try scratch.files.isEmpty)
    }

    @Test func `a snapshot that shows no release is recorded`() async throws {
        let appended = try await record(nil) { .of(unsettled: [updating]) }
        #expect(appended.body.unsettled == [updating])
    }

    @Test func `a release that may be unsettled is recorded as it is`() async throws {
        let appended = try await record("v10", .allow) { .of(unsettled: [updating]) }
        #expect(appended.body.release?.label == "v10")
        #expect(appended.body.unsettled == [updating])
    }

    @Test func `whoever waits lets others record meanwhile, and walks when the environment is at rest`() async throws {
        let (path, name, lock) = (scratch.path, name, RecorderLock.lockPath(of: scratch.path, name))
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
        #expect(await Set(settled.deadlines).count == 1)
        #expect(try scratch.count("entry") == 2)
    }

    @Test(arguments: [nil, "v10"])
    func `what does not come to rest in time is not recorded`(_ release: String?) async throws {
        let settled = Settled()
        let failure = await #expect(throws: Failure.self) {
            try await record(release, waiting([[updating]], settled, limit: .seconds(1200))) { .of() }
        }
        let subject = release == nil ? "'antenna-production'" : "release 'v10' of 'antenna-production'"
        #expect(failure?.code == .unsettled)
        #expect(
            failure?.description == """
                \(subject) was not recorded: the environment is still unsettled after 20 minutes: \(updating): give --wait \
                more time, or pass --allow-unsettled to record it as it is
                """)
        #expect(try scratch.files.isEmpty)
    }

    @Test func `a wait that is cancelled has recorded nothing`() async throws {
        await #expect(throws: CancellationError.self) {
            try await record("v10", .wait(.init(limit: .seconds(60)) { _, _ in throw CancellationError() })) { .of() }
        }
        #expect(try scratch.files.isEmpty)
    }
}

/// What a wait was asked, and what it answers.
private actor Settled {
    private(set) var reasons: [[String]] = []
    private(set) var deadlines: [ContinuousClock.Instant] = []

    func next(of answers: [[String]], _ reasons: [String], _ deadline: ContinuousClock.Instant) -> [String] {
        defer {
            self.reasons.append(reasons)
            deadlines.append(deadline)
        }
        return answers[self.reasons.count]
    }
}
