import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct BucketTests {
    private let kind = KindDefinition.s3Bucket
    private let bucket = ResourceID(.s3Bucket, "antenna-static-files")

    private func snapshot(_ facets: [String: JSON], unseen: String? = nil) throws -> SnapshotView {
        var all = [bucket.described: ["LocationConstraint": "us-west-2"] as JSON]
        for (name, content) in facets { all[FacetID(bucket, name)] = content }
        let gaps = unseen.map { [Gap.denied("s3", "Get", facets: [FacetID(bucket, $0)])] } ?? []
        return try SnapshotView.of(all, gaps: gaps)
    }

    @Test(arguments: [("us-west-2", "us-west-2"), (.null, "us-east-1"), ("EU", "eu-west-1")] as [(JSON, JSON)])
    func `the region has its own name, whatever the location is called`(location: JSON, region: JSON) throws {
        let snapshot = try SnapshotView.of([bucket.described: ["LocationConstraint": location]])
        #expect(snapshot.seen("region", of: bucket) == region)
    }

    // MARK: Public access

    private static let allOn: JSON = [
        "BlockPublicAcls": true, "IgnorePublicAcls": true, "BlockPublicPolicy": true, "RestrictPublicBuckets": true,
    ]
    private static let everyone: JSON = [
        ["Grantee": ["Type": "CanonicalUser", "ID": "owner"], "Permission": "FULL_CONTROL"],
        [
            "Grantee": ["Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"],
            "Permission": "READ",
        ],
    ]
    private static let anyAccount: JSON = [
        [
            "Grantee": ["Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"],
            "Permission": "WRITE",
        ]
    ]
    private static let logs: JSON = [
        [
            "Grantee": ["Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"],
            "Permission": "WRITE",
        ]
    ]
    private static let ownerEnforced: JSON = ["Rules": [["ObjectOwnership": "BucketOwnerEnforced"]]]
    private static let isPublic: JSON = ["IsPublic": true]

    @Test(
        arguments: [
            ([:], "none"),
            (["PublicAccessBlockConfiguration": allOn], "blocked"),
            // What the block turns off admits nobody, whatever else is configured.
            (["PublicAccessBlockConfiguration": allOn, "PolicyStatus": isPublic, "Grants": everyone], "blocked"),
            (["PolicyStatus": isPublic], "by policy"),
            (["PolicyStatus": ["IsPublic": false]], "none"),
            (["PolicyStatus": isPublic, "PublicAccessBlockConfiguration": ["RestrictPublicBuckets": true]], "none"),
            // A policy that is there already is not undone by this.
            (["PolicyStatus": isPublic, "PublicAccessBlockConfiguration": ["BlockPublicPolicy": true]], "by policy"),
            (["Grants": everyone], "by acl"),
            (["Grants": anyAccount], "by acl"),
            (["Grants": logs], "none"),
            (["Grants": everyone, "OwnershipControls": ownerEnforced], "none"),
            (["Grants": everyone, "OwnershipControls": ["Rules": [["ObjectOwnership": "ObjectWriter"]]]], "by acl"),
            (["Grants": everyone, "PublicAccessBlockConfiguration": ["IgnorePublicAcls": true]], "none"),
            (["Grants": everyone, "PublicAccessBlockConfiguration": ["BlockPublicAcls": true]], "by acl"),
            (["Grants": everyone, "PolicyStatus": isPublic], "by policy and acl"),
        ] as [([String: JSON], JSON)])
    func `access without credentials is reported`(facets: [String: JSON], expected: JSON) throws {
        #expect(try snapshot(facets).seen("public-access", of: bucket) == expected)
    }

    @Test(arguments: ["PublicAccessBlockConfiguration", "PolicyStatus", "Grants", "OwnershipControls"])
    func `who gets in is unseen if a part of it is`(facet: String) throws {
        #expect(try snapshot([:], unseen: facet).isUnseen("public-access", of: bucket))
    }

    @Test(arguments: ["Policy", "VersioningConfiguration", "ServerSideEncryptionConfiguration"])
    func `who gets in does not hang on anything else`(facet: String) throws {
        #expect(try snapshot([:], unseen: facet).seen("public-access", of: bucket) == "none")
    }

    // MARK: Encryption

    @Test(
        arguments: [
            (["SSEAlgorithm": "AES256"], "AES256"),
            (["SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:k"], "aws:kms arn:aws:kms:k"),
            (["SSEAlgorithm": "aws:kms"], "aws:kms"), ([:], nil),
        ] as [(JSON, JSON?)])
    func `the encryption is the algorithm, and the key if any`(rule: JSON, expected: JSON?) throws {
        let configuration: JSON = ["Rules": [["ApplyServerSideEncryptionByDefault": rule, "BucketKeyEnabled": false]]]
        let snapshot = try snapshot(["ServerSideEncryptionConfiguration": configuration])
        #expect(snapshot.seen("encryption", of: bucket) == expected)
    }

    // MARK: Policy

    private func policy(_ text: String) throws -> (content: JSON, secrets: [CutSecret]) {
        let facet = try #require(kind.facet("Policy"))
        let content = try #require(facet.content(in: Stack.answer(["Policy": .string(text)])))
        return facet.read(content, names: PropertyNames())
    }

    @Test func `the policy is the document in the text, with unordered statements`() throws {
        let (one, other) = (#"{"Sid":"b","Action":["s3:Put*","s3:Get*"]}"#, #"{"Sid":"a","Effect":"Allow"}"#)
        let read = try policy(#"{ "Version": "2012-10-17", "Statement": [\#(one), \#(other)] }"#)
        #expect(read.content["Version"] == "2012-10-17")
        #expect(try read.content == policy(#"{"Version":"2012-10-17","Statement":[\#(other),\#(one)]}"#).content)
        #expect(read.secrets.isEmpty)
    }

    @Test(arguments: ["", "{", "<html>", #"{"Version":"1"} x"#])
    func `a text that holds no document is not what was asked for`(text: String) {
        #expect(kind.facet("Policy")?.content(in: Stack.answer(["Policy": .string(text)])) == nil)
    }

    @Test func `any other condition is not secret`() throws {
        let condition: JSON = ["IpAddress": ["aws:SourceIp": ["203.0.113.0/24"]]]
        let read = try policy(#"{"Statement":[{"Condition":\#(condition.canonical)}]}"#)
        #expect(read.content == ["Statement": [["Condition": condition]]])
    }

    // MARK: Lists

    @Test func `the order of CORS rules counts, that of lifecycle rules and tags does not`() throws {
        func isOrdered(_ facet: String, _ list: (JSON) -> JSON) throws -> Bool {
            let facet = try #require(kind.facet(facet))
            let (one, other): (JSON, JSON) = (["ID": "1", "Key": "a"], ["ID": "2", "Key": "b"])
            return facet.read(list([one, other]), names: PropertyNames()).content
                != facet.read(list([other, one]), names: PropertyNames()).content
        }
        #expect(try isOrdered("CORSConfiguration") { ["CORSRules": $0] })
        #expect(try !isOrdered("LifecycleConfiguration") { ["Rules": $0] })
        #expect(try !isOrdered("TagSet") { $0 })
        #expect(try !isOrdered("Grants") { $0 })
    }

    // MARK: Names

    @Test(arguments: [
        ("abc", true), ("antenna-static.files-1", true), (String(repeating: "a", count: 63), true), ("1a1", true),
        ("192.168.1.a", true), ("", false), ("ab", false), (String(repeating: "a", count: 64), false), ("Abc", false),
        ("a_b", false), ("-abc", false), ("abc-", false), (".abc", false), ("abc.", false), ("a..b", false),
        ("192.168.1.10", false), ("a b", false), ("ärger", false), ("a/b", false),
    ])
    func `a bucket's name follows the rules`(text: String, isValid: Bool) {
        #expect(BucketName.isValid(text) == isValid)
    }

    @Test(arguments: [
        ("DJANGO_AWS_STORAGE_BUCKET_NAME", "antenna-media", "antenna-media"),
        ("S3_BUCKET", "antenna-media", "antenna-media"),
        ("mediaBucket", "antenna-media", "antenna-media"), ("bucket.name", "antenna-media", "antenna-media"),
        ("S3_BUCKET", "", nil), ("S3_BUCKET", "Not A Name", nil), ("S3_BUCKET", "true\n", nil),
        // What speaks of a bucket may be a secret, or another thing.
        ("S3_BUCKET_SECRET", "0a1b2c3d4e", nil), ("S3_BUCKET_KEY", "0a1b2c3d4e", nil),
        ("BUCKET_REGION", "us-west-2", nil),
        ("BUCKET_TOKEN_NAME", "0a1b2c3d4e", nil), ("MEDIA", "antenna-media", nil),
    ])
    func `a variable that is called a bucket names one`(name: String, value: String, bucket: String?) {
        #expect(BucketName.named(by: name, value) == bucket)
    }

    @Test(arguments: [
        ("https://antenna-media.s3.us-west-2.amazonaws.com/static/?X-Amz-Signature=abc", ["antenna-media"]),
        ("antenna-media.s3.amazonaws.com", ["antenna-media"]),
        ("https://a.b.c.s3.cn-north-1.amazonaws.com.cn", ["a.b.c"]),
        ("http://antenna-media.s3-website-us-west-2.amazonaws.com", ["antenna-media"]),
        ("antenna-media.s3-website.eu-central-1.amazonaws.com", ["antenna-media"]),
        ("antenna-media.s3-eu-west-1.amazonaws.com.", []),
        ("antenna-media.s3-eu-west-1.amazonaws.com:443", ["antenna-media"]),
        ("ANTENNA-Media.S3.dualstack.us-west-2.AmazonAWS.com", ["antenna-media"]),
        ("https://s3.us-west-2.amazonaws.com/antenna-media/key?x", ["antenna-media"]),
        ("https://s3.us-west-2.amazonaws.com/", []), ("https://s3.us-west-2.amazonaws.com", []),
        ("s3://antenna-media/prefix", ["antenna-media"]), ("s3://antenna-media", ["antenna-media"]),
        ("s3://one-1/x, s3://two-2", ["one-1", "two-2"]),
        // An access point, other services, and what only looks like S3.
        ("https://point-1234.s3-accesspoint.us-west-2.amazonaws.com", []),
        ("antenna.c9.us-west-2.rds.amazonaws.com", []),
        ("antenna-media.s3.example.com", []), ("antenna-media.s3.amazonaws.com.evil.example", []),
        // The text before an @ is not a bucket.
        ("s3://lowercasesecret/more@bucket", []), ("s3://key:lowercasesecret@antenna-media", []),
        ("https://user:secret@antenna-media.s3.amazonaws.com/x", ["antenna-media"]), ("", []),
    ])
    func `a text names buckets by host or URL`(text: String, buckets: [String]) {
        #expect(BucketName.all(in: text) == buckets)
    }

    @Test func `the properties of an environment lead to its buckets`() throws {
        let options: JSON = [
            Stack.property("DJANGO_AWS_STORAGE_BUCKET_NAME", "antenna-media"),
            Stack.property("STATIC_URL", "https://antenna-static.s3.us-west-2.amazonaws.com/"),
            Stack.property("OTHER", "antenna-other"), Stack.option("aws:ec2:vpc", "BUCKET", "no-property"),
        ]
        let answer: JSON = ["ConfigurationSettings": [["DeploymentStatus": "deployed", "OptionSettings": options]]]
        #expect(
            try KindDefinition.elasticBeanstalkEnvironment.identities(
                of: .s3Bucket, beyond: "settings", Stack.answer(answer)) == ["antenna-media", "antenna-static"])
    }

    @Test func `a permission has IAM's name`() throws {
        let actions = kind.questions.map(\.action)
        #expect(actions.contains("s3:GetBucketLocation") && actions.contains("s3:GetBucketPublicAccessBlock"))
        #expect(actions.contains("s3:GetEncryptionConfiguration") && actions.contains("s3:GetBucketPolicy"))
        #expect(Question(service: "s3", operation: "HeadBucket", parameters: [:]).action == "s3:ListBucket")
    }
}
