import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct PolicyDriftTests {
    private let role = ResourceID(.iamRole, "ec2-role")
    private static let document: JSON = [
        "Statement": [
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": ["AWS": "arn:aws:iam::123456789012:root"],
            "Condition": ["Bool": ["aws:SecureTransport": true]],
        ]
    ]

    private func verdict(_ line: String, isCondition: Bool = false) throws -> Verdict {
        let facet = try #require(KindDefinition.iamRole.facet("description"))
        let content = facet.read(["RoleName": "a", "AssumeRolePolicyDocument": Self.document], names: PropertyNames())
        let yaml =
            isCondition
            ? Baseline.expectation("name: x", "resource: iam.role", "where: { \(line) }", "is:", "RoleName: a")
            : Baseline.expectation("name: x", "resource: iam.role", "is:", line)
        let snapshot = try SnapshotView.of([role.described: content.content])
        return try Drift(of: snapshot, from: Baseline(yaml: yaml), now: Stack.start, maximumAge: nil).verdict
    }

    @Test(arguments: [
        ("Action: sts:AssumeRole", true), ("Action: [ sts:AssumeRole ]", true), ("Action: sts:TagSession", false),
        ("Action: { matches: 'sts:.*' }", true), ("Action: { not: sts:AssumeRole }", false),
        ("Action: { one-of: [ a, sts:AssumeRole ] }", true), ("Action: { includes: sts:AssumeRole }", true),
        ("Principal: { AWS: '123456789012' }", true),
        ("Principal: { AWS: [ 'arn:aws:iam::123456789012:root' ] }", true),
        ("Principal: { AWS: '210987654321' }", false), ("Principal: '*'", false), ("Principal: { not: '*' }", true),
        ("Condition: { Bool: { 'aws:SecureTransport': true } }", true),
        ("Condition: { Bool: { 'aws:SecureTransport': [ 'true' ] } }", true),
        ("Condition: { Bool: { 'aws:SecureTransport': false } }", false),
    ])
    func `a baseline may spell a policy as AWS may`(member: String, holds: Bool) throws {
        let expected: Verdict = holds ? .inSync : .drifted
        #expect(try verdict("AssumeRolePolicyDocument: { Statement: { \(member) } }") == expected)
        #expect(try verdict("AssumeRolePolicyDocument: { Statement: [ { \(member) } ] }") == expected)
        #expect(try verdict("AssumeRolePolicyDocument.Statement: { \(member) }") == expected)
        #expect(try verdict("AssumeRolePolicyDocument.Statement: { includes: { \(member) } }") == expected)
        let condition = "AssumeRolePolicyDocument.Statement: { equals: [ { \(member) } ] }"
        // Another role may meet it.
        #expect(try verdict(condition, isCondition: true) == (holds ? .inSync : .unseen))
    }
}
