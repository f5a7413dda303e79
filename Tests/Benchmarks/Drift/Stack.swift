import StrictJSON
import Tidemark
import TidemarkKinds

/// Databases, each with a security group, and expectations of the first of them.
struct Stack {
    private let pairs: Int
    private let expected: Int

    /// - Parameters:
    ///   - resources: Half of them databases, half groups.
    ///   - expectations: Half of them of databases, half of groups.
    init(resources: Int, expectations: Int) {
        pairs = resources / 2
        expected = expectations / 2
    }

    // MARK: Resources

    /// Each resource by kind, identity and description.
    var state: JSON {
        .array(
            (0..<pairs).flatMap { number -> [JSON] in
                [
                    ["rds.db-instance", .string("db-\(number)"), Self.database(number)],
                    ["ec2.security-group", .string("sg-\(number)"), Self.group(number)],
                ]
            })
    }

    static func observation(_ state: JSON) -> EnvironmentObservation {
        let facets = (state.array ?? []).compactMap { resource -> (FacetID, JSON?)? in
            guard let parts = resource.array, let kind = parts[0].string, let identity = parts[1].string else {
                return nil
            }
            return (FacetID(ResourceID(Kind(rawValue: kind), identity), Snapshot.description), parts[2])
        }
        let time = Timestamp(millisecondsSince1970: 1_795_466_443_123)
        return EnvironmentObservation(
            started: time, finished: time,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "a", ebEnvironmentID: "e"
            ),
            caller: "arn:aws:iam::123456789012:user/release-bot",
            facets: Dictionary(facets) { first, _ in first }, coverage: Coverage(questions: [], gaps: []),
            decoders: KindRegistry.all.decoders())
    }

    private static func isDrifted(_ number: Int) -> Bool { number.isMultiple(of: 10) }

    private static func database(_ number: Int) -> JSON {
        [
            "DBInstanceIdentifier": .string("db-\(number)"), "Engine": "postgres", "EngineVersion": "16.10",
            "DBInstanceClass": isDrifted(number) ? "db.t4g.medium" : "db.t4g.small", "MultiAZ": false,
            "AllocatedStorage": 20, "Endpoint": ["Address": .string("db-\(number).example"), "Port": 5432],
            "PreferredMaintenanceWindow": "sun:05:00-sun:05:30", "StorageEncrypted": true,
            "VpcSecurityGroups": [["VpcSecurityGroupId": .string("sg-\(number)"), "Status": "active"]],
        ]
    }

    private static func group(_ number: Int) -> JSON {
        func permission(_ port: Int, _ range: String) -> JSON {
            [
                "IpProtocol": "tcp", "FromPort": JSON(port), "ToPort": JSON(port),
                "IpRanges": [["CidrIp": .string(range)]],
            ]
        }
        let more = isDrifted(number) ? [permission(22, "0.0.0.0/0")] : []
        return [
            "GroupId": .string("sg-\(number)"), "GroupName": .string("group-\(number)"), "OwnerId": "123456789012",
            "IpPermissions": .array([permission(5432, "10.0.0.0/8")] + more),
            "IpPermissionsEgress": [["IpProtocol": "-1", "IpRanges": [["CidrIp": "0.0.0.0/0"]]]],
            "Tags": [["Key": "Project", "Value": "antenna"]],
        ]
    }

    // MARK: Expectations

    var yaml: String {
        (0..<expected).reduce(into: "environment: antenna-production\nexpect:\n") { text, number in
            text += """
                  - name: database-\(number)
                    resource: rds.db-instance
                    where: { DBInstanceIdentifier: db-\(number) }
                    is:
                      Engine: postgres
                      EngineVersion: { at-least: "16.4" }
                      DBInstanceClass: db.t4g.small
                      MultiAZ: false
                      AllocatedStorage: 20
                      Endpoint: { Address: db-\(number).example, Port: 5432 }
                      PreferredMaintenanceWindow: { matches: "[a-z]{3}:.*" }
                      VpcSecurityGroups: [ { VpcSecurityGroupId: "${group-\(number)}", Status: active } ]
                  - name: group-\(number)
                    resource: ec2.security-group
                    where: { GroupName: group-\(number) }
                    is:
                      ingress: [ tcp 5432 from 10.0.0.0/8 ]
                      egress: [ all to 0.0.0.0/0 ]
                      tag:Project: antenna

                """
        }
    }

    /// The expectations for a program without facts and references: each has a kind, an attribute, its value, and the expected
    /// description.
    var json: JSON {
        .array(
            (0..<expected).flatMap { number -> [JSON] in
                var group = Self.group(1).object ?? [:]
                for (name, value) in [("GroupId", "sg-\(number)"), ("GroupName", "group-\(number)")] {
                    group[name] = .string(value)
                }
                var database = Self.database(1).object ?? [:]
                for name in ["DBInstanceIdentifier", "Endpoint", "VpcSecurityGroups"] {
                    database[name] = Self.database(number)[name]
                }
                return [
                    ["rds.db-instance", "DBInstanceIdentifier", .string("db-\(number)"), .object(database)],
                    ["ec2.security-group", "GroupName", .string("group-\(number)"), .object(group)],
                ]
            })
    }
}
