import GRDB
import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

/// Chains with a checkpoint: whole ones, those that begin with it, and those with erased bodies before it.
struct CheckpointTests {
    private let whole: Scratch
    private let environment: EnvironmentName

    init() throws { (whole, environment) = (try Scratch.checkpointed(), try Scratch.production) }

    private func pruned() throws -> Scratch { try whole.rewritten(from: 4) }
    private func erased(_ seqs: Set<Int64> = [2]) throws -> Scratch { try whole.rewritten(erasing: seqs) }

    private func states(of scratch: Scratch, _ moments: [String]) throws -> [[FacetID: ContentHash]] {
        try moments.map { try scratch.snapshot($0).facets.mapValues(\.hash) }
    }

    // MARK: Every chain

    @Test func `a checkpoint shows the state before it, and changes nothing`() throws {
        let views = ["current", "release", "facet_history", "image_tag", "gap", "reading_history"]
        func rows() throws -> [[String]] {
            try views.map { view in try whole.raw { try Row.fetchAll($0, sql: "SELECT * FROM \(view)").map { "\($0)" } }
            }
        }
        let before = try rows()
        let checkpoint = try whole.appendCheckpoint(at: 5 * Scratch.minute)
        #expect(checkpoint.header.isNeeded && checkpoint.header.seq == Seq(rawValue: 6))
        #expect(try rows() == before)
        #expect(try states(of: whole, ["@3", "@5"]) == states(of: whole, ["@4", "@6"]))
        #expect(try whole.history.diff(of: environment, from: Moment("@5"), to: Moment("@6")).resources.isEmpty)
        try whole.history.verify()
    }

    @Test(arguments: ["pruned", "erased", "erased from the beginning"])
    func `moments from a checkpoint on show what they show in the whole chain`(name: String) throws {
        let scratch = try name == "pruned" ? pruned() : erased(name == "erased" ? [2] : [0, 1, 2, 3])
        let moments = ["@4", "@5", "latest", "latest~1", "v11", "2026-11-23T20:44:00Z"]
        #expect(try states(of: scratch, moments) == states(of: whole, moments))
        #expect(try scratch.snapshot("@4").body == whole.snapshot("@4").body)
        let history = try scratch.history
        for seq in [Seq(rawValue: 4), Seq(rawValue: 5)] {
            let release = try history.newestRelease(of: environment, upTo: seq)
            #expect(try release != nil && release == whole.history.newestRelease(of: environment, upTo: seq))
        }
        let found = try #require(try history.deployments(of: "v11", in: environment).deployments.first)
        #expect(found.kind == .change && found.images.map(\.change.before) == [[.image("v10", "bb")]])
        #expect(try history.diff(of: environment, from: Moment("@4"), to: Moment("latest")).resources.count == 2)
    }

    @Test(arguments: ["whole", "pruned", "erased"])
    func `a record appends the same entry to each chain`(name: String) throws {
        let scratch = try name == "whole" ? whole : name == "pruned" ? pruned() : erased([0, 1, 3])
        let next = EnvironmentObservation.running("v12", "ee", tags: [:], gone: ["v10"])
        let expected = try erased().append(next, release: "v12", at: 5 * Scratch.minute)
        let appended = try scratch.append(next, release: "v12", at: 5 * Scratch.minute)
        #expect(appended?.entry != nil && appended?.entry == expected?.entry && appended?.isNewlyBound == false)
        try scratch.history.verify()
    }

    @Test(arguments: ["whole", "pruned", "erased"])
    func `each chain can be rebuilt, copied and exported`(name: String) throws {
        let scratch = try name == "whole" ? whole : name == "pruned" ? pruned() : erased()
        let index = try scratch.dump().filter { $0.hasPrefix("index_") }
        try History.open(appendingAt: scratch.path, images: KindRegistry.all.images).rebuildIndex()
        #expect(try scratch.dump().filter { $0.hasPrefix("index_") } == index)
        let copy = try Scratch()
        try scratch.history.copy(to: copy.path)
        let entries = try scratch.history.entries(of: environment).map(\.entry)
        #expect(try copy.history.entries(of: environment).map(\.entry) == entries)

        var contents: [Int64: Int] = [:]
        try scratch.history.export(environment) { entry throws(Failure) in
            #expect((try? JSON(parsing: entry.line)) != nil)
            contents[entry.entry.header.seq.rawValue] = entry.contents.count
        }
        // The checkpoint has all contents where the state before it is not known.
        #expect(contents[4] == (name == "whole" ? 0 : 4) && contents[5] == 2)
    }

    @Test func `random chains from a checkpoint on are those of the whole chain`() throws {
        let whole = try Scratch()
        var stack = RandomStack(seed: 7)
        for number in 0..<40 {
            try whole.append(stack.next(), release: number % 9 == 0 ? "v\(number)" : nil, at: Int64(number) * 1000)
            if number % 10 == 5 { try whole.appendCheckpoint(at: Int64(number) * 1000) }
        }
        let history = try whole.history
        try history.verify()
        let checkpoints = try history.entries(of: environment).filter { $0.entry.header.kind == .checkpoint }
        #expect(checkpoints.count == 4)
        let last = try #require(try history.newest(of: environment)).seq.rawValue
        for seq in checkpoints.map(\.entry.header.seq.rawValue) {
            for other in [try whole.rewritten(from: seq), try whole.rewritten(erasing: [seq - 3, seq - 1])] {
                try other.history.verify()
                for seq in seq...last {
                    guard let snapshot = try? whole.snapshot("@\(seq)") else { continue }
                    let found = try other.snapshot("@\(seq)")
                    #expect(found.body == snapshot.body && found.fingerprints == snapshot.fingerprints)
                    #expect(found.facets.mapValues(\.hash) == snapshot.facets.mapValues(\.hash))
                }
            }
        }
    }

    @Test func `a checkpoint that repeats another state, or another release, is damage`() throws {
        for (text, other) in [("\"seq\":5", "\"seq\":2"), ("\"asked\":1", "\"asked\":2"), ("e-abc", "e-xyz")] {
            let scratch = try whole.rewritten()
            let failure = failure {
                try scratch.appendCheckpoint(altered: (text, other))
                return try scratch.history.verify()
            }
            #expect(failure.contains("entry @6 of 'antenna-production' is damaged"), "\(text)")
        }
    }

    // MARK: Removed

    @Test func `what was before a checkpoint was removed, and no answer calls it damaged`() throws {
        let history = try pruned().history
        let removed = "the entries before @4 were removed"
        for moment in ["@3", "@0", "latest~2", "2026-11-23T20:40:00Z", "v10"] {
            let failure = failure { try history.snapshot(of: environment, at: Moment(moment)) }
            #expect(failure.hasPrefix("notFound") && failure.contains(removed), "\(moment)")
        }
        #expect(failure { try history.deployments(of: "v9") }.contains(removed))
        let kept = try #require(HeadReference("@2:" + String(repeating: "0", count: 64)))
        let failure = failure { try history.verify(kept, in: environment) }
        #expect(failure.hasPrefix("mismatch") && failure.contains(removed))
    }

    @Test func `a chain that begins with a checkpoint is listed, verified, replayed and queried`() throws {
        let history = try pruned().history
        #expect(try history.entries(of: environment).map(\.entry.header.kind) == [.snapshot, .checkpoint])
        #expect(try history.entries(of: environment).last?.snapshot?.questionCount == 1)
        #expect(try history.entries(of: environment).map(\.olderCount) == [1, 0])
        #expect(try history.verify().entries == [environment: 2])
        try history.verify(try #require(try history.newest(of: environment)), in: environment)
        let first = try #require(try history.deployments(of: "v10").deployments.first)
        #expect(first.checkpoint == Seq(rawValue: 4) && first.after == nil && first.kind == .firstState)
        #expect(try history.tags("antenna-backend:v10").first?.targets.map(\.since.seq) == [Seq(rawValue: 4)])
        #expect(try history.head(of: environment)?.binding.ebEnvironmentID == "e-abc")

        let replay = try history.replay(of: environment, from: .ofContainers())
        #expect(replay.snapshotCount == 2)
        var rows: [[QueryValue]] = []
        try history.query("SELECT seq, changed, release FROM snapshot", columns: { _ throws(Failure) in }) {
            row throws(Failure) in rows.append(row)
        }
        #expect(rows == [[.integer(4), .integer(3), .null], [.integer(5), .integer(2), .text("v11")]])
    }

    @Test func `a chain cannot begin with another entry`() throws {
        #expect(failure { try whole.rewritten(from: 3) }.contains("must follow the newest one"))
        let scratch = try pruned()
        try scratch.tamper("DELETE FROM log_entry WHERE seq = 4")
        #expect(failure { try scratch.history.environments() }.contains("is broken"))
    }
}
