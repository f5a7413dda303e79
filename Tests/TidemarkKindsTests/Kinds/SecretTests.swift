import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct SecretTests {
    private let kind = KindDefinition.secretsManagerSecret
    private static let arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:antenna/database-AbCdEf"

    @Test(
        arguments: [
            (arn, [arn]),
            // One key of it, in one version.
            ("\(arn):password:AWSCURRENT:", [arn]),
            ("{{resolve:secretsmanager:\(arn):SecretString:password}}", [arn]),
            ("\(arn),\(arn)2", [arn, "\(arn)2"]),
            ("arn:aws-cn:secretsmanager:cn-north-1:1:secret:a", []),
            ("arn:aws:ssm:us-west-2:123456789012:parameter/antenna/database", []), ("antenna/database", []),
        ] as [(String, [String])])
    func `a text names secrets by their ARNs`(text: String, arns: [String]) {
        #expect(SecretARN.all(in: text) == arns)
    }

    @Test func `it is asked for where it is`() {
        #expect(kind.inputs(Self.arn) == ["region": "us-west-2"])
        #expect(kind.inputs("antenna/database") == nil)
    }

    @Test func `a rotation and an access are not a change, and dates of rotation are read`() throws {
        let facet = try #require(kind.facet("description"))
        let content: JSON = [
            "ARN": .string(Self.arn), "Name": "antenna/database", "RotationEnabled": true, "LastAccessedDate": "a",
            "LastChangedDate": "b", "LastRotatedDate": "c", "NextRotationDate": "d",
            "VersionIdsToStages": ["v": ["AWSCURRENT"]],
            "ReplicationStatus": [["Region": "eu-west-1", "Status": "InSync", "LastAccessedDate": "a"]],
            "ExternalSecretRotationMetadata": [["Key": "host", "Value": "hunter2"]],
        ]
        let read = facet.read(content, names: PropertyNames())
        #expect(
            read.content == [
                "ARN": .string(Self.arn), "Name": "antenna/database", "RotationEnabled": true,
                "ReplicationStatus": [["Region": "eu-west-1"]],
                "ExternalSecretRotationMetadata": [["Key": "host", "Value": ["redacted": true]]],
            ])
        #expect(facet.readings == ["LastChangedDate", "LastRotatedDate", "NextRotationDate"])
        #expect(kind.title(of: Self.arn, description: read.content) == "antenna/database")
    }

    @Test func `no question of any kind asks for a value`() {
        let operations = KindRegistry.all.definitions.flatMap(\.questions).filter { $0.service == "secretsmanager" }
        #expect(operations.map(\.operation) == ["DescribeSecret"])
    }

    // MARK: What leads there

    @Test func `properties lead to secrets, whether as a value or as a secret of the environment`() throws {
        let namespace = "aws:elasticbeanstalk:application:environmentsecrets"
        let options: [JSON] = [
            Stack.property("SECRET_ID", .string(Self.arn)),
            Stack.option(namespace, "POSTGRES_PASSWORD", .string("\(Self.arn)2:password")),
            Stack.option(namespace, "ADMIN", "arn:aws:ssm:us-west-2:123456789012:parameter/admin"),
        ]
        let settings: JSON = [
            "ConfigurationSettings": [["DeploymentStatus": "deployed", "OptionSettings": .array(options)]]
        ]
        let kind = KindDefinition.elasticBeanstalkEnvironment
        let question = try #require(kind.question("settings"))
        #expect(
            question.identities(of: .secretsManagerSecret, in: Stack.answer(settings)) == [Self.arn, "\(Self.arn)2"])
        // Which secret it is stays readable; a value that is not an ARN may be a secret.
        let facet = try #require(kind.facet("OptionSettings"))
        let given = JSON.array([options[1], Stack.option(namespace, "ODD", "hunter2")])
        #expect(
            facet.read(given, names: PropertyNames()).content.array?.map { $0["Value"] } == [
                ["redacted": true], .string("\(Self.arn)2:password"),
            ])
    }

    @Test func `a database leads to the secret in which RDS keeps its password`() throws {
        let answer: JSON = [
            "DBInstances": [["DBInstanceIdentifier": "a", "MasterUserSecret": ["SecretArn": .string(Self.arn)]]]
        ]
        let question = try #require(KindDefinition.rdsDBInstance.question("instance"))
        #expect(question.identities(of: .secretsManagerSecret, in: Stack.answer(answer, about: "a")) == [Self.arn])
        #expect(
            question.linkKeys(of: .cloudWatchAlarm, in: Stack.answer(answer, about: "a")) == [
                LinkKey("DBInstanceIdentifier", "a")
            ])
    }
}
