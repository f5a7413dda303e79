import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkKinds

struct PolicyDocumentTests {
    private static let statement: JSON = ["Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": ["*"]]

    @Test(
        arguments: [
            (["Statement": statement], ["Statement": [statement]]),
            (
                ["Statement": [["Effect": "Allow", "NotAction": "a:b", "NotResource": "c"]]],
                ["Statement": ["Effect": "Allow", "NotResource": ["c"], "NotAction": ["a:b"]]]
            ),
            (["Statement": ["Principal": "*"]], ["Statement": [["Principal": ["AWS": ["*"]]]]]),
            (["Statement": ["NotPrincipal": "*"]], ["Statement": [["NotPrincipal": ["AWS": "*"]]]]),
            (
                ["Statement": ["Principal": ["AWS": "123456789012"]]],
                ["Statement": ["Principal": ["AWS": ["arn:aws-cn:iam::123456789012:root"]]]]
            ),
            (
                ["Statement": ["Principal": ["Service": ["a", "b"], "Federated": "x", "CanonicalUser": "y"]]],
                ["Statement": ["Principal": ["Service": ["b", "a"], "Federated": ["x"], "CanonicalUser": ["y"]]]]
            ),
            (
                ["Statement": ["Condition": ["Bool": ["aws:SecureTransport": false]]]],
                ["Statement": ["Condition": ["Bool": ["aws:SecureTransport": ["false"]]]]]
            ),
            (
                ["Statement": ["Condition": ["NumericLessThan": ["aws:MultiFactorAuthAge": 3600]]]],
                ["Statement": ["Condition": ["NumericLessThan": ["aws:MultiFactorAuthAge": "3600"]]]]
            ),
            (
                ["Statement": ["Condition": ["IpAddress": ["aws:SourceIp": "10.0.0.0/8"]]]],
                ["Statement": ["Condition": ["IpAddress": ["aws:SourceIp": ["10.0.0.0/8"]]]]]
            ),
        ] as [(JSON, JSON)])
    func `two spellings of one meaning are the same in every policy`(one: JSON, other: JSON) throws {
        for (read, member) in Self.policies {
            #expect(try read(one) == read(other), "\(member)")
            #expect(try read(read(one)) == read(one), "\(member)")
        }
    }

    @Test(
        arguments: [
            (["Statement": ["Effect": "Allow"]], ["Statement": ["Effect": "allow"]]),
            (["Statement": ["Principal": ["AWS": "*"]]], ["Statement": ["Principal": ["Service": "*"]]]),
            (["Statement": ["Action": "a"]], ["Statement": ["NotAction": "a"]]),
            (["Statement": ["Action": "a"]], ["Statement": ["Action": ["a", "b"]]]),
            (
                ["Statement": ["Principal": ["AWS": "123456789012"]]],
                ["Statement": ["Principal": ["AWS": "arn:aws:iam::123456789012:user/root"]]]
            ),
            (["Statement": [["Sid": "a"]], "Other": "x"], ["Statement": [["Sid": "a"]], "Other": ["x"]]),
        ] as [(JSON, JSON)])
    func `another meaning, and what the grammar does not name, stays another one`(one: JSON, other: JSON) throws {
        for (read, member) in Self.policies { #expect(try read(one) != read(other), "\(member)") }
    }

    /// Readers of a document in each kind with policies.
    private static let policies: [(@Sendable (JSON) throws -> JSON, String)] = [
        (reader(.iamRole, "description", ["AssumeRolePolicyDocument"]), "trust"),
        (reader(.iamRole, "RolePolicyList", ["PolicyDocument"], isList: true), "inline"),
        (reader(.iamPolicy, "PolicyVersion", ["Document"]), "managed"), (reader(.s3Bucket, "Policy", []), "bucket"),
        (reader(.ecrRepository, "policyText", []), "repository"),
    ]

    private static func reader(
        _ kind: KindDefinition, _ facet: String, _ members: [String], isList: Bool = false
    ) -> @Sendable (JSON) throws -> JSON {
        { document in
            let holder = members.reversed().reduce(document) { .object([$1: $0]) }
            let read = try #require(kind.facet(facet)).read(isList ? [holder] : holder, names: PropertyNames()).content
            return try members.reduce(isList ? #require(read.array?.first) : read) { try #require($0[$1]) }
        }
    }
}
