import AWSClient
import StrictJSON
import Tidemark
import TidemarkKinds

@testable import TidemarkAWS

/// The answers of AWS in a test: the documented stack, with some answers changed.
struct Script: Sendable {
    /// The object in S3: a bundle that is only `Dockerrun.aws.json`.
    var object = Array(
        """
        {"AWSEBDockerrunVersion": 2, "containerDefinitions": [{"name": "django", \
        "image": "redis:7", "command": ["--token=\(Script.secret)"]}]}
        """.utf8)
    /// The configuration of the image that runs.
    var config = ScriptedImage.config
    /// The answers by operation, from the question's parameters.
    var answers: [String: @Sendable (JSONObject) -> Result<JSON, AWSError>]

    static let environment = ResourceID(.elasticBeanstalkEnvironment, "antenna-prod")
    static let database = ResourceID(.rdsDBInstance, "antenna-postgres")
    static let instanceGroup = ResourceID(.ec2SecurityGroup, "sg-0a")
    static let databaseGroup = ResourceID(.ec2SecurityGroup, "sg-0b")
    static let instance = ResourceID(.ec2Instance, "i-1")
    static let subnet = ResourceID(.ec2Subnet, "subnet-1")
    static let vpc = ResourceID(.ec2VPC, "vpc-1")
    static let routeTable = ResourceID(.ec2RouteTable, "vpc-1/rtb-1")
    static let autoScalingGroup = ResourceID(.autoScalingGroup, "awseb-group")
    static let secret = "hunter2hunter2"
    static let properties: [(String, String)] = [
        ("POSTGRES_HOST", "antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com"), ("POSTGRES_PASSWORD", secret),
        (
            "DATABASE_URL",
            "postgres://antenna:\(secret)@antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com:5432/a"
        ),
        ("EB_HEALTHCHECK", "1"), ("UNHEARD_OF", secret),
    ]

    static var settings: [JSON] {
        let all =
            properties.map { ("aws:elasticbeanstalk:application:environment", $0, $1) } + [
                (
                    "aws:cloudformation:template:parameter", "EnvironmentVariables",
                    properties.map { "\($0)=\($1)" }.joined(separator: ",")
                ),
                (
                    "aws:cloudformation:template:parameter", "AppSource",
                    "https://s3.example/a.zip?X-Amz-Signature=\(secret)"
                ),
                ("aws:rds:dbinstance", "DBPassword", secret),
                ("aws:ec2:vpc", "Subnets", "subnet-1"),
                ("aws:autoscaling:launchconfiguration", "InstanceType", "t3.large"),
                ("aws:autoscaling:launchconfiguration", "IamInstanceProfile", role.identity),
                (
                    "aws:elasticbeanstalk:environment", "ServiceRole",
                    "arn:aws:iam::123456789012:role/service/\(serviceRole.identity)"
                ),
            ]
        return all.map { ["Namespace": .string($0), "OptionName": .string($1), "Value": .string($2)] }
    }

    static let registry = "123456789012.dkr.ecr.us-west-2.amazonaws.com"
    static let repository = ResourceID(.ecrRepository, "\(registry)/antenna-backend")
    static let container = ResourceID(.ecsContainer, "django")
    static let role = ResourceID(.iamRole, "aws-elasticbeanstalk-ec2-role")
    static let serviceRole = ResourceID(.iamRole, "aws-elasticbeanstalk-service-role")

    static let application = ResourceID(.elasticBeanstalkApplication, "antenna")
    static let version = ResourceID(.elasticBeanstalkApplicationVersion, environment.identity)
    static let bundle = ResourceID(.elasticBeanstalkBundle, environment.identity)
    static let bundleBucket = ResourceID(.s3Bucket, "bundles")
    static let profile = ResourceID(.iamInstanceProfile, role.identity)
    static let policy = ResourceID(.iamPolicy, "arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier")
    static let cluster = ResourceID(.ecsCluster, "ours")
    static let definition = ResourceID(.ecsTaskDefinition, "awseb-antenna-prod-a")
    static let image = ResourceID(.ecrImage, repository.identity)
    static let alarm = ResourceID(.cloudWatchAlarm, "database-cpu")
    static let logGroup = ResourceID(.logsLogGroup, "/aws/elasticbeanstalk/antenna-prod/web.log")

    static func alarm(_ name: String, _ dimension: String, _ value: String) -> JSON {
        [
            "AlarmName": .string(name), "MetricName": "CPUUtilization", "StateValue": "OK",
            "Dimensions": [["Name": .string(dimension), "Value": .string(value)]],
        ]
    }

    static func task(_ arn: JSON) -> JSON {
        [
            "taskArn": arn, "taskDefinitionArn": "awseb-antenna-prod-a:10",
            "containers": [
                [
                    "name": "django", "image": .string("\(registry)/antenna-backend:v10"),
                    "imageDigest": .string(ScriptedImage.digest), "lastStatus": "RUNNING",
                ],
                ["name": "redis", "image": "redis:7", "lastStatus": "RUNNING"],
            ],
        ]
    }

    static func tag(_ name: String) -> ResourceID { ResourceID(.ecrTag, "\(repository.identity):\(name)") }

    /// The answers about containers, images and roles.
    static let imagesAndRoles: [String: @Sendable (JSONObject) -> Result<JSON, AWSError>] = [
        "ListClusters": { _ in .success(["clusterArns": ["other", "ours"]]) },
        "ListContainerInstances": { parameters in
            let cluster = parameters["cluster"]?.string ?? ""
            return .success(["containerInstanceArns": [.string("\(cluster)-instance")]])
        },
        "DescribeContainerInstances": { parameters in
            let isOurs = parameters["cluster"] == "ours"
            return .success([
                "containerInstances": .array(
                    parameters["containerInstances"]?.array?.map {
                        ["containerInstanceArn": $0, "ec2InstanceId": isOurs ? "i-1" : "i-9"]
                    } ?? [])
            ])
        },
        "ListTasks": { parameters in
            if parameters["desiredStatus"] == "STOPPED" { return .success(["taskArns": []]) }
            return .success(["taskArns": [.string("task-of-\(parameters["containerInstance"]?.string ?? "")")]])
        },
        "DescribeTasks": { parameters in
            .success(["tasks": .array(parameters["tasks"]?.array?.map(task) ?? [])])
        },
        "DescribeClusters": { parameters in
            .success(["clusters": [["clusterName": parameters["clusters"]?.array?.first ?? .null, "status": "ACTIVE"]]])
        },
        "DescribeTaskDefinition": { parameters in
            .success([
                "taskDefinition": [
                    "taskDefinitionArn": parameters["taskDefinition"] ?? .null, "family": "awseb-antenna-prod-a",
                    "revision": 10,
                    "containerDefinitions": [["name": "django", "command": ["/start", .string("--key=\(secret)")]]],
                ]
            ])
        },
        "DescribeImages": { parameters in
            .success([
                "imageDetails": [
                    ["imageDigest": parameters["imageIds"]?.array?.first?["imageDigest"] ?? .null]
                ]
            ])
        },
        "BatchGetImage": { .success(ScriptedImage.answer($0)) },
        "GetDownloadUrlForLayer": { .success(["layerDigest": $0["layerDigest"] ?? .null]) },
        "GetLifecyclePolicy": { _ in .success(["lifecyclePolicyText": "{\"rules\":[]}"]) },
        "GetRepositoryPolicy": { _ in
            .failure(AWSError(reason: .rejected, code: "RepositoryPolicyNotFoundException", message: "none"))
        },
        "DescribeRepositories": { _ in
            .success([
                "repositories": [
                    [
                        "repositoryUri": .string(repository.identity), "repositoryName": "antenna-backend",
                        "imageTagMutability": "MUTABLE", "encryptionConfiguration": ["encryptionType": "AES256"],
                        "imageScanningConfiguration": ["scanOnPush": false],
                    ]
                ]
            ])
        },
        "ListImages": { _ in
            .success([
                "imageIds": [
                    ["imageTag": "v9", "imageDigest": "sha256:99"],
                    ["imageTag": "v10", "imageDigest": .string(ScriptedImage.digest)],
                ]
            ])
        },
        "GetInstanceProfile": { parameters in
            .success([
                "InstanceProfile": [
                    "InstanceProfileName": parameters["InstanceProfileName"] ?? .null,
                    "Roles": [["RoleName": parameters["InstanceProfileName"] ?? .null]],
                ]
            ])
        },
        "GetPolicy": { parameters in
            .success(["Policy": ["Arn": parameters["PolicyArn"] ?? .null, "DefaultVersionId": "v9"]])
        },
        "GetPolicyVersion": { parameters in
            .success(["PolicyVersion": ["VersionId": parameters["VersionId"] ?? .null, "Document": ["Statement": []]]])
        },
        "GetRole": { parameters in
            .success([
                "Role": [
                    "RoleName": parameters["RoleName"] ?? .null, "RoleId": "AROA1",
                    "RoleLastUsed": ["Region": "us-west-2"],
                    "AssumeRolePolicyDocument": [
                        "Statement": [
                            [
                                "Effect": "Allow", "Action": "sts:AssumeRole",
                                "Principal": ["Service": "ec2.amazonaws.com"],
                            ]
                        ]
                    ],
                ]
            ])
        },
        "ListAttachedRolePolicies": { _ in
            .success([
                "AttachedPolicies": [
                    [
                        "PolicyName": "AWSElasticBeanstalkWebTier",
                        "PolicyArn": "arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier",
                    ]
                ]
            ])
        },
        "ListRolePolicies": { _ in .success(["PolicyNames": ["bucket", "logs"]]) },
        "GetRolePolicy": { parameters in
            .success([
                "RoleName": parameters["RoleName"] ?? .null, "PolicyName": parameters["PolicyName"] ?? .null,
                "PolicyDocument": ["Statement": []],
            ])
        },
    ]

    init() {
        answers = Self.imagesAndRoles.merging(Self.platform) { $1 }.merging(Self.network) { $1 }.merging(Self.bucket) {
            $1
        }
    }

    typealias Reply = @Sendable (JSONObject) -> Result<JSON, AWSError>

    private static func absent(_ code: String) -> Reply {
        { _ in .failure(AWSError(reason: .rejected, code: code, message: "there is none")) }
    }

    /// The answers about a bucket without optional parts.
    static let bucket: [String: Reply] = [
        "GetBucketLocation": { _ in .success(["LocationConstraint": "us-west-2"]) },
        "GetBucketAcl": { _ in .success(["Grants": []]) },
        "GetBucketVersioning": { _ in .success([:]) },
        "GetBucketEncryption": absent("ServerSideEncryptionConfigurationNotFoundError"),
        "GetPublicAccessBlock": absent("NoSuchPublicAccessBlockConfiguration"),
        "GetBucketPolicy": absent("NoSuchBucketPolicy"),
        "GetBucketPolicyStatus": absent("NoSuchBucketPolicy"),
        "GetBucketOwnershipControls": absent("OwnershipControlsNotFoundError"),
        "GetBucketLifecycleConfiguration": absent("NoSuchLifecycleConfiguration"),
        "GetBucketCors": absent("NoSuchCORSConfiguration"),
        "GetBucketTagging": absent("NoSuchTagSet"),
    ]

    /// The answers about the environment, its database and its network.
    static let platform: [String: @Sendable (JSONObject) -> Result<JSON, AWSError>] = [
        "DescribeEnvironments": { _ in
            .success([
                "Environments": [
                    [
                        "EnvironmentName": "antenna-prod", "EnvironmentId": "e-abc", "ApplicationName": "antenna",
                        "Status": "Ready", "Health": "Green", "VersionLabel": "v10",
                        "PlatformArn": "arn:aws:elasticbeanstalk:us-west-2::platform/ECS/3.5.0",
                    ]
                ]
            ])
        },
        "DescribeApplications": { _ in .success(["Applications": [["ApplicationName": "antenna"]]]) },
        "DescribeApplicationVersions": { _ in
            .success([
                "ApplicationVersions": [
                    ["VersionLabel": "v10", "SourceBundle": ["S3Bucket": "bundles", "S3Key": "antenna/v10.zip"]]
                ]
            ])
        },
        "GetObject": { _ in .success(["ETag": "\"1\""]) },
        "DescribeConfigurationOptions": { _ in .success(["Options": []]) },
        "DescribePlatformVersion": { parameters in
            .success(["PlatformDescription": ["PlatformArn": parameters["PlatformArn"] ?? .null]])
        },
        "DescribeInstancesHealth": { _ in
            .success([
                "InstanceHealthList": [
                    [
                        "InstanceId": "i-1",
                        "Deployment": [
                            "DeploymentId": 7, "VersionLabel": "v10", "Status": "Deployed", "DeploymentTime": "a",
                        ],
                    ], ["InstanceId": "i-2"],
                ]
            ])
        },
        "DescribeEnvironmentManagedActions": { _ in .success(["ManagedActions": []]) },
        "DescribeConfigurationSettings": { _ in
            .success([
                "ConfigurationSettings": [
                    ["DeploymentStatus": "deployed", "OptionSettings": .array(Self.settings)]
                ]
            ])
        },
        "DescribeEnvironmentResources": { _ in
            .success([
                "EnvironmentResources": [
                    "AutoScalingGroups": [["Name": "awseb-group"]], "Instances": [["Id": "i-1"]], "LoadBalancers": [],
                ]
            ])
        },
        "DescribeAlarms": { _ in
            .success([
                "MetricAlarms": [
                    alarm(alarm.identity, "DBInstanceIdentifier", database.identity),
                    alarm("other-cpu", "DBInstanceIdentifier", "other-postgres"),
                ]
            ])
        },
        "DescribeLogGroups": { parameters in
            .success([
                "logGroups": [["logGroupName": .string("\(parameters["logGroupNamePrefix"]?.string ?? "")web.log")]]
            ])
        },
        "DescribeDBInstances": { parameters in
            .success([
                "DBInstances": [
                    [
                        "DBInstanceIdentifier": parameters["DBInstanceIdentifier"] ?? .null, "Engine": "postgres",
                        "DBInstanceStatus": "available", "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0b"]],
                        "PendingModifiedValues": ["MasterUserPassword": .string(Self.secret)],
                    ]
                ]
            ])
        },
        "DescribeSecurityGroups": { parameters in
            .success([
                "SecurityGroups": .array(
                    parameters["GroupIds"]?.array?.map {
                        ["GroupId": $0, "GroupName": "group", "OwnerId": "123456789012"]
                    } ?? [])
            ])
        },
    ]

    /// The answers about the instances and their network.
    static let network: [String: @Sendable (JSONObject) -> Result<JSON, AWSError>] = [
        "DescribeAutoScalingGroups": { parameters in
            let name = parameters["AutoScalingGroupNames"]?.array?.first ?? .null
            let group: JSON = [
                "AutoScalingGroupName": name, "DesiredCapacity": 1, "Instances": [["InstanceId": "i-1"]],
                "VPCZoneIdentifier": "subnet-1",
            ]
            // AWS leaves out groups that do not exist.
            return .success(["AutoScalingGroups": .array(name == "awseb-group" ? [group] : [])])
        },
        "DescribeInstances": { parameters in
            .success(instances(parameters["InstanceIds"]?.array ?? [], state: "running"))
        },
        "DescribeSubnets": { parameters in
            let id = parameters["SubnetIds"]?.array?.first ?? .null
            return .success(["Subnets": [["SubnetId": id, "VpcId": "vpc-1", "AvailableIpAddressCount": 4091]]])
        },
        "DescribeVpcs": { parameters in
            .success(["Vpcs": [["VpcId": parameters["VpcIds"]?.array?.first ?? .null, "IsDefault": true]]])
        },
        "DescribeRouteTables": { parameters in
            let vpc = parameters["Filters"]?.array?.first?["Values"]?.array?.first?.string ?? ""
            return .success([
                "RouteTables": [["RouteTableId": .string("rtb-\(vpc.last ?? "?")"), "Associations": [["Main": true]]]]
            ])
        },
    ]

    static func instances(_ ids: [JSON], state: JSON) -> JSON {
        let instances: [JSON] = ids.map { id in
            [
                "InstanceId": id, "State": ["Name": state], "SubnetId": "subnet-1", "VpcId": "vpc-1",
                "SecurityGroups": [["GroupId": "sg-0a"]],
            ]
        }
        // Instances that were not started together are in reservations of their own.
        return ["Reservations": .array(instances.map { ["Instances": [$0]] })]
    }

    func answering(_ operation: String, _ answer: JSON) -> Script {
        with(operation) { _ in .success(answer) }
    }

    func failing(_ operation: String, _ kind: AWSError.Reason = .denied, code: String? = "AccessDenied") -> Script {
        with(operation) { _ in .failure(AWSError(reason: kind, code: code, message: "not allowed")) }
    }

    func with(_ operation: String, _ answer: @escaping @Sendable (JSONObject) -> Result<JSON, AWSError>) -> Script {
        var script = self
        script.answers[operation] = answer
        return script
    }

    // MARK: Walking

    /// - Parameter before: Runs before each answer.
    func walk(
        known: Set<ResourceID> = [], routine: Set<ResourceID> = [], gone: Set<ResourceID> = [],
        neverSeen: Set<ResourceID> = [], also: [ResourceID] = [], key: FingerprintKey? = nil,
        names: PropertyNames = PropertyNames(), kinds: KindRegistry = .all,
        before: @escaping @Sendable (Question) async -> Void = { _ in }, recorded: RecordedFacets? = nil
    ) async throws(Failure) -> EnvironmentObservation {
        let (answers, payloads) = (answers, ["GetObject": object, "GetDownloadUrlForLayer": config])
        let known = KnownResources(existing: known, routine: routine, gone: gone, neverSeen: neverSeen)
        let place = AccountRegion(partition: "aws", account: "123456789012", region: "us-west-2")
        var walk = Walk(
            place: place, kinds: kinds, names: names, key: key, known: known, recorded: recorded
        ) { question, _ in
            await before(question)
            let result =
                answers[question.operation]?(question.parameters)
                ?? .failure(AWSError(reason: .rejected, code: "Unscripted", message: question.description))
            return result.map { AWSAnswer(value: $0, payload: payloads[question.operation] ?? []) }
        }
        try await walk.run(from: Self.environment, also: also)
        let time = Timestamp(millisecondsSince1970: 1_795_466_443_123)
        let binding = EnvironmentBinding(
            partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
            ebEnvironmentID: walk.builder.incarnation(of: Self.environment) ?? "")
        return walk.observation(
            started: time, finished: time, binding: binding, caller: "arn:aws:iam::1:user/a", awsClock: nil)
    }
}

extension EnvironmentObservation {
    /// Everything of the observation that would be stored.
    var stored: String {
        let delta = Delta(self, over: ChainState())
        let contents = delta.contents.sorted { $0.key.hexadecimal < $1.key.hexadecimal }
            .map { String(decoding: $0.value, as: UTF8.self) }
        let parts = [delta.body.json, binding.json].map(\.canonical)
        return (parts + contents).joined(separator: "\n")
    }

    func content(_ resource: ResourceID, _ facet: String = Snapshot.description) -> JSON? {
        facets[FacetID(resource, facet)].flatMap(\.self)
    }

    /// Whether AWS answered that it does not exist.
    func isGone(_ resource: ResourceID, _ facet: String = Snapshot.description) -> Bool {
        facets[FacetID(resource, facet)] == .some(.none)
    }

    func isAnswered(_ resource: ResourceID, _ facet: String = Snapshot.description) -> Bool {
        facets.keys.contains(FacetID(resource, facet))
    }

    func gap(_ operation: String) -> Gap? { coverage.gaps.first { $0.question.operation == operation } }
}
