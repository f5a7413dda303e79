import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkReports

/// Entries that an older version dated by a clock that was ahead.
struct ClockTests {
    private static let year: Int64 = 365 * 86_400_000

    private func body(clockError: Int64 = 0) -> SnapshotBody {
        var observation = Stack.observation([:])
        observation.awsTime = observation.started
        observation.started = later(observation.started, by: clockError)
        observation.finished = observation.started
        return SnapshotBody(
            observation: observation, changes: [], fingerprints: [], root: Root.hash(of: [:]), release: nil)
    }

    private func later(_ time: Timestamp, by milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSince1970: time.millisecondsSince1970 + milliseconds)
    }

    @Test(
        arguments: [
            (0, 0, nil), (0, 120_999, nil), (0, 121_000, 121), (0, -ClockTests.year, nil),
            (30 * ClockTests.year, 30 * ClockTests.year, 946_080_000), (0, 30 * ClockTests.year, 946_080_000),
            (30 * ClockTests.year, 0, nil), (-ClockTests.year, 0, nil),
        ] as [(Int64, Int64, Int64?)])
    func `a time is ahead by AWS's clock, whatever the machine's clock says`(error: Int64, at: Int64, expected: Int64?)
    {
        #expect(body(clockError: error).secondsAhead(later(Stack.start, by: at)) == expected)
    }

    @Test func `log marks an entry that is dated ahead`() throws {
        let text = body().json.canonical
        let header = Header(
            environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: 2),
            at: later(Stack.start, by: Self.year), kind: .snapshot, actor: Stack.actor, previous: nil,
            body: ContentHash(of: text.utf8))
        let report = try LogReport([Entry(header: header, bodyText: text)], of: header.environment)
        let words = "this time is 31536000 seconds ahead of AWS's clock"
        #expect(report.text.contains("clock     \(words)\n"))
        #expect(try JSON(parsing: report.json)["entries"]?.array?.first?["secondsAhead"] == 31_536_000)
    }

    @Test func `drift marks a snapshot that is dated ahead`() throws {
        let snapshot = SnapshotView(
            Snapshot(
                environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: 2),
                at: later(Stack.start, by: Self.year), actor: Stack.actor, facets: [:], body: body()), kinds: .all)
        let report = try Stack.report(snapshot, [])
        #expect(
            report.text().contains(
                "as of 2027-11-23 20:40:43Z (@2); this time is 31536000 seconds ahead of AWS's clock")
        )
    }
}
