import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkReports

struct ClockTests {
    @Test func `drift marks a snapshot whose time a later entry refutes`() throws {
        let shown = try Stack.snapshot()
        let snapshot = SnapshotView(
            Snapshot(
                environment: shown.environment, seq: shown.seq, at: shown.at, actor: Stack.actor,
                secondsAhead: 31_536_000, facets: [:], body: shown.body), kinds: .all)
        let words = "as of 2026-11-23 20:40:43Z (@2); this time is wrong: a later entry is 31536000 seconds earlier"
        #expect(try Stack.report(snapshot, []).text().contains(words))
    }
}
