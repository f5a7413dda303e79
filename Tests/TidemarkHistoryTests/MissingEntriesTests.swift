import GRDB
import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

/// Chains from which entries were removed or erased: what is unknown is named, and nothing lasts across it.
struct MissingEntriesTests {
    private let whole: Scratch
    private let environment: EnvironmentName

    init() throws { (whole, environment) = (try Scratch.checkpointed(), try Scratch.production) }

    private func pruned() throws -> Scratch { try whole.rewritten(from: 4) }
    private func erased(_ seqs: Set<Int64> = [2]) throws -> Scratch { try whole.rewritten(erasing: seqs) }

    @Test func `states from an erased entry up to the next checkpoint are unknown`() throws {
        let history = try erased().history
        for moment in ["@2", "@3", "2026-11-23T20:42:00Z"] {
            let failure = failure { try history.snapshot(of: environment, at: Moment(moment)) }
            #expect(
                failure.hasPrefix("notFound")
                    && failure.contains("is unknown: @2 was erased: name @4 or a later moment"))
        }
        #expect(try erased().snapshot("@1").facets == whole.snapshot("@1").facets)
        #expect(failure { try history.deployments(of: "v8") }.contains("entries up to @2 were erased"))
        let found = try #require(try history.deployments(of: "v10").deployments.first)
        #expect(found.kind == .firstState && found.checkpoint == Seq(rawValue: 4) && found.change.before == nil)
    }

    @Test(arguments: ["pruned", "erased"])
    func `a release that only a checkpoint has is found by its label`(name: String) throws {
        let history = try (name == "pruned" ? pruned() : erased([2, 3])).history
        let found = try history.deployments(of: "v10").deployments
        let expected = try whole.history.deployments(of: "v10").deployments
        #expect(found.map { $0.bookings.map(\.recorded) } == expected.map { $0.bookings.map(\.recorded) })
        #expect(found.first?.images.map(\.change.image) == expected.first?.images.map(\.change.image))
        // Its state is not that of the checkpoint: another snapshot came between them.
        let other = name == "pruned" ? "the entries before @4 were removed" : "@2 was erased"
        #expect(failure { try history.snapshot(of: environment, at: Moment("release:v10")) }.contains(other))
    }

    @Test(arguments: [false, true])
    func `the state of a release just before a checkpoint is that of the checkpoint`(isErased: Bool) throws {
        try whole.appendCheckpoint(at: 5 * Scratch.minute)
        let scratch = try isErased ? whole.rewritten(erasing: [5]) : whole.rewritten(from: 6)
        #expect(try scratch.snapshot("release:v11").facets == scratch.snapshot("@6").facets)
    }

    @Test func `nothing lasts across erased entries`() throws {
        // The same before and after: the image v9 runs, and its tag is there.
        let whole = try Scratch()
        let running = EnvironmentObservation.running("v9", "aa", tags: ["v9": "aa"])
        for number in 0..<3 {
            try whole.append(running, release: number == 0 ? "v9" : nil, at: Int64(number) * Scratch.minute)
        }
        try whole.appendCheckpoint(at: 3 * Scratch.minute)
        try whole.append(running, at: 4 * Scratch.minute)
        let erased = try whole.rewritten(erasing: [2])
        #expect(try erased.snapshot("latest").facets.values.allSatisfy { $0.since == Seq(rawValue: 4) })
        let shown = try erased.snapshot("latest")
        #expect(try erased.history.verifyOnsets(in: shown, of: nil) == [Seq(rawValue: 4)])
        #expect(try whole.history.verifyOnsets(in: whole.snapshot("latest"), of: nil) == [])

        let targets = try #require(try erased.history.tags().first).targets
        #expect(targets.map(\.since.seq.rawValue) == [1, 4] && targets.map(\.since.isAtLatest) == [false, true])
        #expect(targets.map { $0.until?.isAtLatest } == [true, nil])
        #expect(targets.first?.runs.map(\.since.isAtLatest) == [false, true])
        #expect(try whole.history.tags().first?.targets.first?.runs.count == 1)
        #expect(try erased.history.deployments(of: "v9").deployments.map(\.seq.rawValue) == [4, 1])
        #expect(try erased.history.missingEntries().map(\.description) == ["entries up to @2 were erased"])
    }

    @Test(arguments: ["whole", "pruned", "erased"])
    func `a finding may be older than a checkpoint before which the state is unknown`(name: String) throws {
        let scratch = try name == "whole" ? whole : name == "pruned" ? pruned() : erased()
        let drift = try scratch.history.drift(
            of: environment, at: .latest(back: 0), from: .ofContainers(), now: Stack.start, maximumAge: nil)
        let since = try #require(drift.findings.first?.driftingSince)
        #expect(since.entry.seq == Seq(rawValue: name == "whole" ? 1 : 4))
        #expect(since.isAtLatest)
        let stretches = try #require(try scratch.history.replay(of: environment, from: .ofContainers()).tracks.first)
            .stretches
        #expect(stretches.map(\.start.entry.seq.rawValue) == (name == "whole" ? [1] : name == "pruned" ? [4] : [1, 4]))
        #expect(!stretches.contains { !$0.start.isAtLatest })
    }

    @Test func `an ambiguous label names the entries that are missing`() throws {
        for minute: Int64 in 5...6 {
            try whole.append(.running("v11", "dd", tags: [:]), release: "again", at: minute * Scratch.minute)
        }
        let failure = failure { try erased().history.snapshot(of: environment, at: Moment("release:again")) }
        #expect(failure.contains("; entries up to @2 were erased: choose one by its number"))
    }

    @Test func `an erased entry is listed and counted, and what it named may be gone`() throws {
        let history = try erased().history
        let entries = try history.entries(of: environment)
        #expect(entries.map { $0.entry.bodyText == nil } == [false, false, false, true, false, false])
        #expect(entries.map { $0.snapshot == nil } == [false, false, true, true, false, true])
        let verification = try history.verify()
        #expect(verification.erasedBodies == 1 && verification.erasedContents == 0)
        // Only @2, whose state is unknown, names what the tag v10 pointed at first.
        #expect(try erased([1]).history.verify().erasedContents == 1)
        #expect(try history.firstSnapshot(of: environment) == Seq(rawValue: 1))
        #expect(try erased([0]).history.firstSnapshot(of: environment) == Seq(rawValue: 4))
    }

    @Test func `a body that does not exist is damage where no checkpoint follows`() throws {
        let scratch = try erased()
        try scratch.tamper("UPDATE log_entry SET body = NULL WHERE seq = 5")
        let damaged = "entry @5 of 'antenna-production' is damaged: it has no body, and no checkpoint follows it"
        let history = try scratch.history
        #expect(failure { try history.verify() }.contains(damaged))
        #expect(failure { try history.snapshot(of: environment, at: .latest(back: 0)) }.contains(damaged))
        #expect(failure { try history.entries(of: environment) }.contains(damaged))
        #expect(failure { try history.head(of: environment) }.contains(damaged))
    }

    @Test func `a content that a known state names is damage if it does not exist`() throws {
        let scratch = try erased()
        try scratch.tamper("DELETE FROM log_content WHERE hash = (SELECT max(hash) FROM index_current)")
        #expect(failure { try scratch.history.verify() }.contains("damaged"))
    }
}
