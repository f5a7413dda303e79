import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct RoleTests {
    private let role = ResourceID(.iamRole, "aws-elasticbeanstalk-ec2-role")

    private func trusting(_ statements: JSON) throws -> [String]? {
        let snapshot = try SnapshotView.of([role.described: ["AssumeRolePolicyDocument": ["Statement": statements]]])
        return snapshot.seen("trusts", of: role)?.array?.compactMap(\.string)
    }

    @Test func `policies are listed by their owner`() throws {
        let snapshot = try SnapshotView.of([
            role.described: [:],
            FacetID(role, "AttachedManagedPolicies"): [
                ["PolicyName": "ReadOnly", "PolicyArn": "arn:aws-cn:iam::aws:policy/job-function/ReadOnly"],
                ["PolicyName": "bucket", "PolicyArn": "arn:aws:iam::123456789012:policy/aws/bucket"],
            ],
            FacetID(role, "RolePolicyList"): [["PolicyName": "logs", "PolicyDocument": [:]]],
        ])
        #expect(snapshot.seen("policies", of: role) == ["ReadOnly", "customer-managed bucket", "inline logs"])
    }

    @Test(arguments: ["AttachedManagedPolicies", "RolePolicyList"])
    func `policies are unseen unless all are seen`(facet: String) throws {
        let snapshot = try SnapshotView.of(
            [
                role.described: [:], FacetID(role, "AttachedManagedPolicies"): [],
                FacetID(role, "RolePolicyList"): [],
            ],
            gaps: [.denied("iam", "List", facets: [FacetID(role, facet)])])
        #expect(snapshot.isUnseen("policies", of: role))
    }

    @Test(
        arguments: [
            (
                [["Effect": "Allow", "Principal": ["Service": "ec2.amazonaws.com"]]],
                ["service ec2.amazonaws.com"]
            ),
            // A statement alone, and a principal in a list.
            (
                ["Effect": "Allow", "Principal": ["Service": ["b.amazonaws.com", "a.amazonaws.com"]]],
                ["service a.amazonaws.com", "service b.amazonaws.com"]
            ),
            ([["Effect": "Allow", "Principal": "*"]], ["everyone"]),
            ([["Effect": "Allow", "Principal": ["AWS": "*"]]], ["everyone"]),
            (
                [
                    [
                        "Effect": "Allow", "Principal": ["AWS": "arn:aws:iam::1:root"],
                        "Condition": ["StringEquals": ["sts:ExternalId": "x"]],
                    ]
                ],
                ["arn:aws:iam::1:root under conditions"]
            ),
            ([["Effect": "Deny", "Principal": ["AWS": "arn:aws:iam::1:root"]]], ["never arn:aws:iam::1:root"]),
            ([["Effect": "Allow", "NotPrincipal": ["AWS": "arn:aws:iam::1:root"]]], ["all but arn:aws:iam::1:root"]),
            (
                [["Effect": "Allow", "Principal": ["Federated": "accounts.google.com"]]],
                ["federated accounts.google.com"]
            ),
            ([], []),
        ] as [(JSON, [String])])
    func `who may assume it is described in words`(statements: JSON, lines: [String]) throws {
        #expect(try trusting(statements) == lines)
    }

    @Test func `when a role was last used is not part of it`() throws {
        let facet = try #require(KindDefinition.iamRole.facet("description"))
        let read = facet.read(["RoleName": "a", "RoleLastUsed": ["Region": "x"]], names: PropertyNames())
        #expect(read.content == ["RoleName": "a"])
    }

    @Test(
        arguments: [
            ("aws-elasticbeanstalk-ec2-role", "aws-elasticbeanstalk-ec2-role"),
            ("arn:aws:iam::123456789012:instance-profile/path/ec2", "ec2"), ("", nil),
            ("https://host.example/hunter2", nil), ("/health?hunter2", nil),
        ] as [(String, String?)])
    func `an instance profile is named by its name or its ARN`(value: String, profile: String?) throws {
        let settings: JSON = [
            "ConfigurationSettings": [
                [
                    "DeploymentStatus": "deployed",
                    "OptionSettings": [
                        Stack.option("aws:autoscaling:launchconfiguration", "IamInstanceProfile", .string(value))
                    ],
                ]
            ]
        ]
        let question = try #require(KindDefinition.elasticBeanstalkEnvironment.question("settings"))
        #expect(
            question.identities(of: .iamInstanceProfile, in: Stack.answer(settings)) == [profile].compactMap(\.self))
    }

    // MARK: What its policies let change anywhere

    private let attached: JSON = [
        ["PolicyName": "Tier", "PolicyArn": "arn:aws:iam::aws:policy/Tier"],
        ["PolicyName": "queues", "PolicyArn": "arn:aws:iam::123456789012:policy/queues"],
    ]
    private let broad: JSON = ["Document": ["Statement": ["Effect": "Allow", "Action": "sqs:*", "Resource": "*"]]]

    private func snapshot(_ versions: [String: JSON], gaps: [Gap] = []) throws -> SnapshotView {
        let described: [FacetID: JSON] = [
            role.described: [:], FacetID(role, "AttachedManagedPolicies"): attached,
            FacetID(role, "RolePolicyList"): [
                [
                    "PolicyName": "own",
                    "PolicyDocument": ["Statement": ["Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"]],
                ]
            ],
        ]
        let read = versions.map { (FacetID(ResourceID(.iamPolicy, $0.key), "PolicyVersion"), $0.value) }
        return try SnapshotView.of(described.merging(read) { $1 }, gaps: gaps)
    }

    @Test func `broad permissions are listed with the policy that grants them`() throws {
        let narrow: JSON = ["Document": ["Statement": []]]
        let snapshot = try snapshot([
            "arn:aws:iam::aws:policy/Tier": narrow, "arn:aws:iam::123456789012:policy/queues": broad,
        ])
        #expect(
            snapshot.seen("broad-permissions", of: role) == [
                "customer-managed queues: sqs:* on *", "inline own: s3:PutObject on *",
            ])
    }

    @Test func `broad permissions are unseen if a policy was not answered for or not observed`() throws {
        let tier = FacetID(ResourceID(.iamPolicy, "arn:aws:iam::aws:policy/Tier"), "PolicyVersion")
        let versions = [tier.resource.identity: broad, "arn:aws:iam::123456789012:policy/queues": broad]
        let denied = try snapshot(versions, gaps: [.denied("iam", "GetPolicyVersion", facets: [tier])])
        #expect(denied.isUnseen("broad-permissions", of: role))
        #expect(try snapshot([tier.resource.identity: broad]).isUnseen("broad-permissions", of: role))
        #expect(try !snapshot(versions).isUnseen("broad-permissions", of: role))
    }

    @Test func `an attached policy and a boundary lead to the policies themselves`() throws {
        let kind = KindDefinition.iamRole
        let list = try #require(kind.question("attached-policies"))
        #expect(
            list.identities(of: .iamPolicy, in: Stack.answer(["AttachedPolicies": attached])) == [
                "arn:aws:iam::aws:policy/Tier", "arn:aws:iam::123456789012:policy/queues",
            ])
        let role = try #require(kind.question("role"))
        let boundary: JSON = ["Role": ["PermissionsBoundary": ["PermissionsBoundaryArn": "arn:aws:iam::1:policy/edge"]]]
        #expect(role.identities(of: .iamPolicy, in: Stack.answer(boundary)) == ["arn:aws:iam::1:policy/edge"])
        #expect(role.identities(of: .iamPolicy, in: Stack.answer(["Role": [:]])) == [])
    }
}
