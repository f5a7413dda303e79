import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkKinds

struct AccessPolicyTests {
    private let backend = ResourceID(
        .ecrRepository, "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend")

    @Test func `every question's action is allowed, and no other`() {
        let allowed = Set(AccessPolicy(kinds: .all).statements.flatMap(\.actions))
        #expect(allowed == Set(KindRegistry.all.definitions.flatMap(\.questions).map(\.action)))
    }

    @Test func `repositories are limited to those that are known`() throws {
        let policy = AccessPolicy(kinds: .all, known: [backend: [:]], partition: "aws-cn")
        let statement = try #require(policy.statements.first { $0.actions.contains("ecr:ListImages") })
        #expect(statement.resources == ["arn:aws-cn:ecr:us-west-2:123456789012:repository/antenna-backend"])
        #expect(statement.actions.contains("ecr:DescribeRepositories"))
    }

    @Test func `the bundle is limited to its bucket, and images to their repositories`() throws {
        let version = ResourceID(.elasticBeanstalkApplicationVersion, "antenna-production")
        let image = ResourceID(.ecrImage, backend.identity)
        let policy = AccessPolicy(
            kinds: .all,
            known: [
                version: ["SourceBundle": ["S3Bucket": "bundles", "S3Key": "antenna/v9.zip"]], image: [:],
                ResourceID(.s3Bucket, "static"): [:],
            ])
        func resources(_ action: String) -> [String]? {
            policy.statements.first { $0.actions.contains(action) }?.resources
        }
        #expect(resources("s3:GetObject") == ["arn:aws:s3:::bundles/*"])
        #expect(
            resources("ecr:DescribeImages") == ["arn:aws:ecr:us-west-2:123456789012:repository/antenna-backend"])
    }

    @Test func `without a known resource, all of the kind are allowed`() throws {
        let statement = try #require(
            AccessPolicy(kinds: .all).statements.first { $0.actions.contains("ecr:ListImages") })
        #expect(statement.resources == ["arn:aws:ecr:*:*:repository/*"])
    }

    @Test func `an action that one question needs everywhere is allowed once`() {
        let kinds = KindRegistry(
            anchor: KindDefinition(
                Kind(rawValue: "a.a"), decoder: 1,
                questions: [
                    QuestionDefinition("all", "ec2", "DescribeVpcs", [:]),
                    QuestionDefinition("one", "ec2", "DescribeVpcs", [:], scope: "arn:${partition}:ec2:::${identity}"),
                ], facts: []), others: [])
        #expect(AccessPolicy(kinds: kinds).statements == [.init(actions: ["ec2:DescribeVpcs"], resources: ["*"])])
    }

    @Test func `the policy is one that IAM accepts`() {
        let json = AccessPolicy(kinds: KindRegistry(anchor: .rdsDBInstance, others: [])).json
        #expect(
            json == [
                "Version": "2012-10-17",
                "Statement": [["Effect": "Allow", "Action": ["rds:DescribeDBInstances"], "Resource": ["*"]]],
            ])
    }

    @Test(arguments: [
        ("s3", "GetBucketEncryption", "s3:GetEncryptionConfiguration"), ("s3", "HeadBucket", "s3:ListBucket"),
        ("s3", "GetBucketPolicy", "s3:GetBucketPolicy"), ("ec2", "DescribeVpcs", "ec2:DescribeVpcs"),
        ("elbv2", "DescribeListeners", "elasticloadbalancing:DescribeListeners"),
    ])
    func `an action has IAM's name`(service: String, operation: String, action: String) {
        #expect(Question(service: service, operation: operation, parameters: [:]).action == action)
    }
}
