import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct DatabaseTests {
    private let description: FacetDefinition

    init() throws {
        description = try #require(KindDefinition.rdsDBInstance.facet("description"))
    }

    @Test(arguments: [
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com", ["antenna-postgres"]),
        (
            "postgres://antenna:pw@antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com:5432/antenna",
            ["antenna-postgres"]
        ),
        ("Antenna-Postgres.C9akciq32rpl.US-WEST-2.rds.amazonaws.com.", ["antenna-postgres"]),
        (
            "a.c9akciq32rpl.us-west-2.rds.amazonaws.com,b.c9akciq32rpl.us-west-2.rds.amazonaws.com",
            ["a", "b"]
        ),
        ("antenna-postgres.c9akciq32rpl.us-east-1.rds.amazonaws.com", []),
        ("antenna.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna.cluster-ro-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna.cluster-custom-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("reader.endpoint.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com.evil.example", []),
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.example", []),
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.example.com", []),
        ("x.antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com", []), ("us-west-2.rds.amazonaws.com", []),
        ("", []), ("db.internal", []),
    ])
    func `an instance is found by its endpoint`(text: String, identifiers: [String]) {
        #expect(ServiceEndpoint.identifiers(in: text, region: "us-west-2") == identifiers)
    }

    @Test func `in China the region follows the service`() {
        let host = "antenna-postgres.c9akciq32rpl.rds.cn-north-1.amazonaws.com.cn"
        #expect(ServiceEndpoint.identifiers(in: host, region: "cn-north-1") == ["antenna-postgres"])
        #expect(ServiceEndpoint.identifiers(in: host, region: "cn-northwest-1").isEmpty)
    }

    @Test func `the instance of that name is selected among others`() {
        let answer: JSON = ["DBInstances": [["DBInstanceIdentifier": "other"], Stack.databaseContent]]
        #expect(description.content(in: Stack.answer(answer, about: "antenna-postgres")) == Stack.databaseContent)
        #expect(description.content(in: Stack.answer(answer, about: "antenna")) == nil)
        #expect(description.content(in: Stack.answer(["DBInstances": []], about: "antenna-postgres")) == nil)
    }

    @Test func `two observations of an unchanged instance are equal`() {
        let first: JSON = [
            "Engine": "postgres", "LatestRestorableTime": "2026-11-23T20:35:00Z", "DBInstanceStatus": "available",
            "TagList": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"]], "DBSecurityGroups": [],
        ]
        let second: JSON = [
            "Engine": "postgres", "LatestRestorableTime": "2026-11-23T20:40:00Z", "DBInstanceStatus": "backing-up",
            "PercentProgress": "50", "TagList": [["Key": "b", "Value": "2"], ["Key": "a", "Value": "1"]],
        ]
        let names = PropertyNames()
        #expect(
            description.read(first, names: names).content.canonical
                == description.read(second, names: names).content.canonical)
    }

    @Test func `a pending password is redacted`() {
        let content: JSON = ["PendingModifiedValues": ["MasterUserPassword": "hunter2", "MultiAZ": true]]
        #expect(
            description.read(content, names: PropertyNames()).content
                == ["PendingModifiedValues": ["MasterUserPassword": Redacted.value, "MultiAZ": true]])
    }

    @Test func `lists in another order are the same`() {
        let content: JSON = [
            "OptionGroupMemberships": [["OptionGroupName": "b"], ["OptionGroupName": "a"]],
            "AssociatedRoles": [["RoleArn": "b", "FeatureName": "s3Export"], ["RoleArn": "a"]],
            "DBSubnetGroup": ["Subnets": [["SubnetIdentifier": "subnet-b"], ["SubnetIdentifier": "subnet-a"]]],
        ]
        let read = description.read(content, names: PropertyNames()).content
        #expect(read["OptionGroupMemberships"] == [["OptionGroupName": "a"], ["OptionGroupName": "b"]])
        #expect(read["AssociatedRoles"]?.array?.first?["RoleArn"] == "a")
        #expect(read["DBSubnetGroup"]?.elements("Subnets").first?["SubnetIdentifier"] == "subnet-a")
    }

    @Test func `the status is a reading, and values derived from it are not part of the instance`() {
        let content: JSON = [
            "DBInstanceStatus": "stopped", "AutomaticRestartTime": "2026-11-30T20:40:00Z",
            "StorageVolumeStatus": "STORAGE-FULL", "Engine": "postgres",
            "CertificateDetails": ["CAIdentifier": "rds-ca-rsa2048-g1", "ValidTill": "2027-08-22T17:08:50Z"],
            "AdditionalStorageVolumes": [["VolumeName": "RDSDBDATA2", "StorageVolumeStatus": "ACTIVE"]],
        ]
        #expect(
            description.read(content, names: PropertyNames()).content == [
                "Engine": "postgres", "AdditionalStorageVolumes": [["VolumeName": "RDSDBDATA2"]],
                "CertificateDetails": ["CAIdentifier": "rds-ca-rsa2048-g1"],
            ])
        #expect(
            description.readings(in: content).map(\.name) == [
                "DBInstanceStatus", "StorageVolumeStatus", "CertificateDetails.ValidTill",
            ])
    }

    @Test(
        arguments: [
            (["MultiAZ": true], ["AvailabilityZone", "SecondaryAvailabilityZone"]),
            (["MultiAZ": false], []), ([:], []),
            (["MaxAllocatedStorage": 100], ["AllocatedStorage", "PendingModifiedValues.AllocatedStorage"]),
        ] as [(JSONObject, [String])])
    func `what RDS moves by itself is a reading, and otherwise a part of the instance`(
        members: JSONObject, moving: [String]
    ) {
        let values: JSONObject = [
            "AvailabilityZone": "us-west-2a", "SecondaryAvailabilityZone": "us-west-2b", "AllocatedStorage": 20,
            "PendingModifiedValues": ["AllocatedStorage": 22],
        ]
        let content = JSON.object(JSONObject((members.members + values.members).map { ($0.key, $0.value) }))
        let kept = description.read(content, names: PropertyNames()).content
        #expect(description.readings(in: content).map(\.name) == moving)
        for name in ["AvailabilityZone", "SecondaryAvailabilityZone", "AllocatedStorage"] {
            #expect((kept[name] == nil) == moving.contains(name))
        }
        #expect(
            kept["PendingModifiedValues"]?["AllocatedStorage"] == (members["MaxAllocatedStorage"] == nil ? 22 : nil))
        #expect(
            Set(description.moved(in: kept, at: AttributePattern()).keys).isSubset(
                of: moving.map { AttributePattern(stringLiteral: $0) }))
    }

    @Test func `only a volume with a limit grows by itself`() {
        let content: JSON = [
            "AdditionalStorageVolumes": [
                ["VolumeName": "a", "AllocatedStorage": 20, "MaxAllocatedStorage": 100],
                ["VolumeName": "b", "AllocatedStorage": 30],
            ]
        ]
        #expect(
            description.read(content, names: PropertyNames()).content["AdditionalStorageVolumes"] == [
                ["VolumeName": "a", "MaxAllocatedStorage": 100], ["VolumeName": "b", "AllocatedStorage": 30],
            ])
        let readings = description.readings(in: content)
        #expect(readings.map(\.name) == ["AdditionalStorageVolumes[].AllocatedStorage"])
        #expect(readings.map(\.value) == [["a": 20]])
    }

    @Test(
        arguments: [
            (.ec2SecurityGroup, ["sg-0b"]), (.rdsDBSubnetGroup, ["public"]),
            (.rdsDBParameterGroup, ["default.postgres16"]),
        ] as [(Kind, [String])])
    func `an instance leads to its groups`(kind: Kind, identities: [String]) throws {
        let answer = Stack.answer(["DBInstances": [Stack.databaseContent]], about: "antenna-postgres")
        #expect(
            try KindDefinition.rdsDBInstance.identities(of: kind, beyond: "instance", answer) == identities)
    }

    @Test(
        arguments: [
            (["Address": "a.c9akciq32rpl.us-west-2.rds.amazonaws.com", "Port": 5432], true),
            (["Address": "a.c0otheraccnt.us-west-2.rds.amazonaws.com", "Port": 5432], false),
            // An instance that is being created.
            (nil, true),
        ] as [(JSON?, Bool)])
    func `a host means the instance that is at it`(endpoint: JSON?, isMeant: Bool) throws {
        var instance: JSONObject = ["DBInstanceIdentifier": "a"]
        instance["Endpoint"] = endpoint
        let answer = Stack.answer(["DBInstances": [.object(instance)]], about: "a")
        let host = "a.c9akciq32rpl.us-west-2.rds.amazonaws.com"
        #expect(try KindDefinition.rdsDBInstance.isNamed(by: host, answer) == isMeant)
    }

    @Test func `its security groups are a fact`() throws {
        let snapshot = try SnapshotView.of([Stack.database.described: Stack.databaseContent])
        #expect(snapshot.seen("security-groups", of: Stack.database) == ["sg-0b"])
    }
}

extension ServiceEndpoint {
    fileprivate static func identifiers(in text: String, region: String) -> [String] {
        all(in: text, region: region).flatMap(\.candidates).map(\.identity)
    }
}
