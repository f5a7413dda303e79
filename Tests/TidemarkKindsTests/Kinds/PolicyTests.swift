import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct PolicyTests {
    private let policy = ResourceID(.iamPolicy, "arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier")
    private let profile = ResourceID(.iamInstanceProfile, "aws-elasticbeanstalk-ec2-role")

    private func broad(_ statements: JSON) throws -> [String]? {
        let snapshot = try SnapshotView.of([
            policy.described: ["PolicyName": "AWSElasticBeanstalkWebTier"],
            FacetID(policy, "PolicyVersion"): ["VersionId": "v9", "Document": ["Statement": statements]],
        ])
        return snapshot.seen("broad-permissions", of: policy)?.array?.compactMap(\.string)
    }

    @Test(
        arguments: [
            // Only what changes something counts, and only where it is not confined to a resource.
            (
                [
                    "Effect": "Allow", "Action": ["xray:PutTraceSegments", "xray:GetSamplingRules"], "Resource": "*",
                ],
                ["xray:PutTraceSegments on *"]
            ),
            (["Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::elasticbeanstalk-*/*"], []),
            (["Effect": "Allow", "Action": ["ecr:BatchGetImage", "ecr:Describe*"], "Resource": ["*"]], []),
            (["Effect": "Deny", "Action": "*", "Resource": "*"], []),
            (["Effect": "Allow", "Action": "*", "Resource": "*"], ["* on *"]),
            // A wildcard that stands for more than a verb of reading.
            (
                ["Effect": "Allow", "Action": ["s3:G*", "s3:Get*", "S3:*Object"], "Resource": "*"],
                ["S3:*Object, s3:G* on *"]
            ),
            // By service, in an order of its own.
            (
                [
                    "Effect": "Allow", "Action": ["sqs:SendMessage", "sns:Publish", "sqs:DeleteMessage"],
                    "Resource": "*",
                ],
                ["sns:Publish on *", "sqs:DeleteMessage, sqs:SendMessage on *"]
            ),
            (
                ["Effect": "Allow", "Action": "s3:PutObject", "Resource": ["arn:aws:s3:::*", "arn:aws:s3:::one/*"]],
                ["s3:PutObject on arn:aws:s3:::*"]
            ),
            (
                ["Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-west-2:123456789012:*"],
                ["sqs:SendMessage on arn:aws:sqs:us-west-2:123456789012:*"]
            ),
            (
                ["Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "NotResource": "arn:aws:s3:::kept"],
                ["all but iam:*, organizations:* on all but arn:aws:s3:::kept"]
            ),
            (
                [
                    "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
                    "Condition": ["Bool": ["aws:SecureTransport": "true"]],
                ],
                ["ec2:RunInstances on * under conditions"]
            ),
            ([], []),
        ] as [(JSON, [String])])
    func `permissions to change anything are listed by service`(statements: JSON, lines: [String]) throws {
        #expect(try broad(statements) == lines)
        #expect(try broad(statements == [] ? [] : [statements]) == lines)
    }

    @Test func `the document in force is asked for, and which version it is stays visible`() throws {
        let kind = KindDefinition.iamPolicy
        let answer: JSON = ["Policy": ["PolicyName": "a", "DefaultVersionId": "v9", "AttachmentCount": 3]]
        #expect(kind.question("policy")?.inputs(ofQuestion: "version", in: Stack.answer(answer)) == [["version": "v9"]])
        let content = try #require(kind.facet("description")).read(answer["Policy"] ?? [:], names: PropertyNames())
        #expect(content.content == ["PolicyName": "a", "DefaultVersionId": "v9"])
        #expect(kind.title(of: policy.identity, description: content.content) == "a")
    }

    @Test func `an instance profile leads to its roles and does not repeat their attributes`() throws {
        let answer: JSON = [
            "InstanceProfile": [
                "InstanceProfileName": "ec2",
                "Roles": [["RoleName": "web", "RoleId": "AROA1", "AssumeRolePolicyDocument": ["Statement": []]]],
            ]
        ]
        let question = try #require(KindDefinition.iamInstanceProfile.question("profile"))
        #expect(question.identities(of: .iamRole, in: Stack.answer(answer)) == ["web"])
        let content = try #require(question.facets.first).read(answer["InstanceProfile"] ?? [:], names: PropertyNames())
        #expect(
            content.content == ["InstanceProfileName": "ec2", "Roles": [["RoleName": "web", "RoleId": "AROA1"]]])
        let snapshot = try SnapshotView.of([profile.described: content.content])
        #expect(snapshot.seen("roles", of: profile) == ["web"])
    }
}
