import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The findings that decide the exit status.
struct GateTests {
    private let group = Stack.group("sg-0a", "web")

    /// A drift of one expectation with its onset.
    private func drift(
        severity: Severity = .error, since age: Age? = nil, waived: Bool = false, gaps: [Gap] = []
    ) throws -> Drift {
        let yaml = """
            environment: antenna-production
            expect:
              - { name: x, resource: ec2.security-group, severity: \(severity.rawValue), is: { GroupName: other } }

            """
        func held(_ yaml: String) throws -> Drift {
            try Drift(
                of: .of([group.0: group.1], gaps: gaps), from: Baseline(yaml: yaml), now: Stack.start,
                maximumAge: nil)
        }
        let drift = try held(yaml)
        let waiver = "waivers: [ \(try #require(drift.findings.first).waiver()) ]\n"
        guard let age else { return try held(yaml + (waived ? waiver : "")) }
        let seq = age == .old ? Seq.first : drift.snapshot.seq
        var since = Onset(DatedEntry(seq: seq, at: Stack.start, release: nil, isWithRelease: false))
        since.isAtLatest = age == .unknown
        return drift.withOnsets { _ in (since, since) }
    }

    private enum Age { case old, new, unknown }

    private let newOnly = DriftGate(isOfNewOnly: true)

    @Test func `an error counts at every threshold except never`() throws {
        for threshold in Severity.allCases {
            #expect(try drift().verdict(at: DriftGate(threshold: threshold)) == .drifted)
        }
        #expect(try drift().verdict(at: DriftGate(threshold: nil)) == .inSync)
        #expect(try drift(severity: .warning).verdict(at: DriftGate(threshold: .error)) == .inSync)
    }

    @Test func `a finding that the snapshot before had is not new`() throws {
        let old = try drift(since: .old)
        #expect(old.verdict == .drifted)
        #expect(old.verdict(at: newOnly) == .inSync)
        #expect(old.exemption(for: old.findings[0], at: newOnly) == .old)
    }

    @Test func `a finding counts if it is or may be new`() throws {
        #expect(try drift(since: .new).verdict(at: newOnly) == .drifted)
        #expect(try drift(since: .unknown).verdict(at: newOnly) == .drifted)
        #expect(try drift().verdict(at: newOnly) == .drifted)
    }

    @Test func `an unseen facet counts without a new finding`() throws {
        let gap = Gap.denied("ec2", "DescribeVpcs", kinds: [.ec2VPC])
        #expect(try drift(since: .old, gaps: [gap]).verdict(at: newOnly) == .unseen)
        #expect(try drift(gaps: [gap]).verdict(at: DriftGate(threshold: nil)) == .inSync)
    }

    @Test func `a waived finding is waived even if it is old`() throws {
        let drift = try drift(waived: true)
        let waiver = try #require(drift.findings[0].waiver)
        #expect(
            drift.exemption(for: drift.findings[0], at: DriftGate(threshold: nil, isOfNewOnly: true)) == .waived(waiver)
        )
    }
}
