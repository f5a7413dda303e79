import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The rule `endpoint.not-followed`.
struct NotFollowedTests {
    private static let cluster = "a.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com"
    private static let proxy = "a.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com"
    private static let deleted = "antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com"

    /// The findings of the rule, `severity host` each, and the verdict.
    private func drift(
        _ hosts: [String]?, service: String = "rds", _ yaml: String = ofEnvironment, gaps: [Gap] = [],
        isStrict: Bool = false
    ) throws -> (findings: [Finding], verdict: Verdict, all: [Finding]) {
        var facets: [FacetID: JSON] = [Stack.environment.described: ["EnvironmentName": "antenna-prod"]]
        facets[FacetID(Stack.environment, Snapshot.notFollowed)] = hosts.map { hosts in
            .array(hosts.map { NotFollowedHost(host: $0, service: service, what: "DB cluster").json })
        }
        let drift = try Drift(
            of: .of(facets, gaps: gaps), from: Baseline(yaml: "environment: antenna-production\n\(yaml)"),
            isStrict: isStrict, now: Stack.start, maximumAge: nil)
        let ofRule = drift.findings.filter { $0.rule.name == "endpoint.not-followed" }
        return (ofRule, drift.verdict, drift.findings)
    }

    private static let ofEnvironment =
        "expect: [ { name: x, resource: elasticbeanstalk.environment, is: { EnvironmentName: antenna-prod } } ]"
    private static let ofDatabases =
        "expect: [ { name: x, resource: rds.db-subnet-group, count: 0 } ]"

    @Test func `each host is a finding of its own that does not count`() throws {
        let (findings, verdict, _) = try drift([Self.cluster, Self.proxy])
        #expect(findings.map(\.rule.info.severity) == [.note, .note] && verdict == .inSync)
        #expect(Set(findings.map(\.id)).count == 2 && findings.allSatisfy(\.isUnseen))
        guard case .unseen(let unseen)? = findings.first?.status else { return }
        #expect(unseen.reason == "\(Self.cluster) (DB cluster) is not followed")
    }

    @Test func `it counts strictly, and where a resource of the service is expected`() throws {
        #expect(try drift([Self.cluster], isStrict: true).verdict == .unseen)
        #expect(try drift([Self.cluster], Self.ofDatabases).verdict == .unseen)
        #expect(try drift([Self.cluster], service: "redshift", Self.ofDatabases).verdict == .inSync)
        let isOff = "\nrules: { endpoint.not-followed: off }"
        #expect(try drift([Self.cluster], Self.ofDatabases + isOff, isStrict: true).verdict == .inSync)
    }

    @Test func `an acknowledged host makes no finding, another one does`() throws {
        let acknowledged = Self.ofDatabases + "\nnot-followed: [ \(Self.cluster) ]"
        #expect(try drift([Self.cluster], acknowledged, isStrict: true).findings.isEmpty)
        #expect(try drift([Self.cluster], acknowledged, isStrict: true).verdict == .inSync)
        #expect(try drift([Self.cluster, Self.proxy], acknowledged).findings.count == 1)
    }

    @Test func `an acknowledged host that is not listed any more is a note`() throws {
        let (findings, verdict, _) = try drift(
            [], Self.ofDatabases + "\nnot-followed: [ \(Self.cluster) ]\nrules: { endpoint.not-followed: error }",
            isStrict: true)
        #expect(findings.map(\.rule.info.severity) == [.note] && findings.allSatisfy(\.isDrifted))
        #expect(findings.first?.sentence?.contains("'\(Self.cluster)'") == true && verdict == .inSync)
    }

    @Test func `an expectation of the attribute takes the place of the rule`() throws {
        let named = "expect: [ { name: x, resource: elasticbeanstalk.environment, is: { not-followed: [] } } ]"
        #expect(try drift([Self.cluster], named).findings.isEmpty)
        #expect(try drift([Self.cluster], named).verdict == .drifted)
    }

    @Test func `an expectation that finds nothing names the hosts of its service that are not acknowledged`() throws {
        let missing =
            "expect: [ { name: x, resource: rds.db-instance, where: { identity: antenna-postgres }, is: { Engine: a } } ]"
        let note = try drift([Self.deleted, Self.cluster], missing + "\nnot-followed: [ \(Self.cluster) ]").all.first?
            .note
        #expect(note == "\(Self.deleted) (DB cluster) is not followed")
        #expect(try drift([Self.cluster], missing + "\nnot-followed: [ \(Self.cluster) ]").all.map(\.note) == [nil])
    }

    /// The host may be of another account, so that the absence of a resource of that name here says nothing about it.
    @Test(arguments: [
        "where: { identity: antenna-replica }, is: { Engine: a }",
        "where: { identity: antenna-replica }, severity: note, is: { Engine: a }",
        "where: { identity: antenna-other }, count: 0", "where: { identity: antenna-other }, is: { Engine: a }",
    ])
    func `no expectation takes the place of a host`(members: String) throws {
        let host = "antenna-other.zzz.us-west-2.rds.amazonaws.com"
        let yaml = "expect: [ { name: x, resource: rds.db-instance, \(members) } ]"
        #expect(try drift([host], yaml).findings.map(\.rule.info.severity) == [.warning])
        #expect(try drift([host], yaml, isStrict: true).findings.map(\.rule.info.severity) == [.error])
    }

    @Test func `a list that could not be seen, or that was never recorded, is unseen strictly`() throws {
        #expect(try drift(nil, isStrict: true).findings.map(\.isUnseen) == [true])
        let facet = FacetID(Stack.environment, Snapshot.notFollowed)
        let gap = Gap(
            question: Question(service: "rds", operation: "DescribeDBInstances", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [facet], kinds: [])
        #expect(try drift([], gaps: [gap], isStrict: true).findings.map(\.isUnseen) == [true])
        #expect(try drift([], gaps: [gap]).findings.isEmpty)
    }

    @Test(arguments: [
        ("a: b", "'not-followed' must be a list of hosts, and this is a map"),
        ("[ 'postgres://u:p@\(proxy):5432/a' ]", "'not-followed' takes a host alone: write '\(proxy)'"),
        (
            "[ db.internal ]",
            "'not-followed' takes hosts of AWS's databases, caches and brokers as 'record' lists them, and this is "
                + "'db.internal'"
        ),
        ("[ \(proxy), \(proxy) ]", "duplicate host '\(proxy)'"),
    ])
    func `a mistake names the right thing`(value: String, message: String) {
        let yaml = "environment: a\n\(Self.ofDatabases)\nnot-followed: \(value)"
        let text = value.hasPrefix("[") ? yaml : "environment: a\n\(Self.ofDatabases)\nnot-followed: { \(value) }"
        let mistakes = Baseline.mistakes(text)
        #expect(mistakes.count == 1 && mistakes.first?.hasSuffix(": \(message)") == true, "\(mistakes)")
    }

    @Test func `hosts are inherited`() throws {
        let baseline = try Baseline(
            yaml: "extends: a.yml\nnot-followed: [ \(Self.proxy) ]", file: "baseline.yml", kinds: .all,
            attributes: SomeAttributes(),
            loading: { _, _ in
                "environment: a\n\(Self.ofDatabases)\nnot-followed: [ \(Self.cluster.uppercased()) ]"
            })
        #expect(baseline.notFollowed.map(\.host) == [Self.cluster, Self.proxy])
    }
}
