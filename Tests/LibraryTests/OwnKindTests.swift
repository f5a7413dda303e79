import AWSClient
import StrictJSON
import Testing
import Tidemark
import TidemarkAWS
import TidemarkBaseline
import TidemarkKinds

/// A kind that a program adds, by the public interface alone: this target has no package access.
extension KindDefinition {
    fileprivate static let securityGroupRule = KindDefinition(
        Kind(rawValue: "ec2.security-group-rule"), decoder: 1,
        questions: [
            QuestionDefinition(
                "rule", "ec2", "DescribeSecurityGroupRules", ["SecurityGroupRuleIds": ["${identity}"]],
                absent: ["InvalidSecurityGroupRuleId.NotFound"],
                facets: [
                    FacetDefinition(
                        Snapshot.description, at: "SecurityGroupRules[]",
                        selector: .identity(member: "SecurityGroupRuleId"))
                ])
        ],
        facts: [
            FactDefinition(
                "is-open", "Whether the rule admits every IPv4 address; from CidrIpv4.", shape: .scalar,
                compute: { reader in .bool(reader.facet(Snapshot.description)?["CidrIpv4"] == "0.0.0.0/0") })
        ])
}

struct OwnKindTests {
    private let kinds = KindRegistry.all.adding([.securityGroupRule])
    private let rule = ResourceID(Kind(rawValue: "ec2.security-group-rule"), "sgr-0a")

    private func snapshot() async throws -> SnapshotView {
        let settings = try AWSSettings([
            "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        ])
        let client = AWSClient(settings, region: "us-west-2", transport: CannedAnswers())
        let observation = try await Observer(client: client, kinds: kinds).observe(at: "antenna-prod", also: [rule])
        return SnapshotView(Snapshot(observation, of: try EnvironmentName("antenna-production")), kinds: kinds)
    }

    @Test func `a program observes a kind of its own and evaluates its attributes and facts`() async throws {
        let snapshot = try await snapshot()
        let baseline = try Baseline(
            yaml: """
                environment: antenna-production
                expect:
                  - name: ssh
                    resource: ec2.security-group-rule
                    where: { identity: sgr-0a }
                    is: { FromPort: 22, is-open: false }
                """, file: "baseline.yml", kinds: kinds, attributes: WireAttributes())
        let drift = try Drift(of: snapshot, from: baseline, now: snapshot.at, maximumAge: nil)
        #expect(snapshot.description(of: rule)["FromPort"] == 22)
        #expect(drift.results.first?.findings.map { $0.path?.description } == ["is-open"])
    }
}

/// Answers the calls that establish the environment and the rule, and denies every other one.
private struct CannedAnswers: Transport {
    private static let answers = [
        "GetCallerIdentity": """
        <GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/release-bot</Arn>\
        <Account>123456789012</Account><UserId>AID</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>
        """,
        "DescribeEnvironments": """
        <DescribeEnvironmentsResponse><DescribeEnvironmentsResult><Environments><member>\
        <EnvironmentName>antenna-prod</EnvironmentName><EnvironmentId>e-abc</EnvironmentId><Status>Ready</Status>\
        </member></Environments></DescribeEnvironmentsResult></DescribeEnvironmentsResponse>
        """,
        "DescribeSecurityGroupRules": """
        <DescribeSecurityGroupRulesResponse><securityGroupRuleSet><item>\
        <securityGroupRuleId>sgr-0a</securityGroupRuleId><fromPort>22</fromPort><cidrIpv4>0.0.0.0/0</cidrIpv4>\
        </item></securityGroupRuleSet></DescribeSecurityGroupRulesResponse>
        """,
    ]

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let body = String(decoding: request.body, as: UTF8.self)
        for (operation, answer) in Self.answers where body.contains("Action=\(operation)&") {
            return HTTPResponse(status: 200, body: Array(answer.utf8))
        }
        let denied = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
        return HTTPResponse(status: 403, body: Array(denied.utf8))
    }
}
