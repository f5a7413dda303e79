import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

/// The rules for every kind's declaration.
struct RegistryTests {
    private let kinds = KindRegistry.all

    /// What lies beyond the endpoints that properties name.
    private static let data: Set<Kind> = [
        .elastiCacheCacheCluster, .elastiCacheCacheParameterGroup, .elastiCacheCacheSubnetGroup,
        .elastiCacheReplicationGroup, .rdsDBInstance, .rdsDBParameterGroup, .rdsDBSubnetGroup,
    ]

    @Test func `each kind is declared once`() {
        #expect(Set(kinds.definitions.map(\.kind)).count == kinds.definitions.count)
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `a kind's names are its own`(kind: Kind) throws {
        let definition = try #require(kinds[kind])
        let facets = definition.facets.map(\.name)

        #expect(facets.first == Snapshot.description)
        #expect(Set(facets).count == facets.count)
        #expect(Set(definition.questions.map(\.name)).count == definition.questions.count)
        #expect(Set(definition.facts.map(\.name)).count == definition.facts.count)
        // The fact of that name is the content of the facet.
        let derived = Snapshot.derived.subtracting([Snapshot.notFollowed])
        #expect(Set(facets + derived).isDisjoint(with: definition.facts.map(\.name)))
        #expect(definition.facts.allSatisfy { $0.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil })
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `every lead leads somewhere`(kind: Kind) throws {
        let definition = try #require(kinds[kind])
        for lead in definition.questions.flatMap(\.leads) {
            switch lead {
            case .resources(let kind, _), .all(let kind, _):
                #expect(kinds[kind]?.members == nil && kinds[kind] != nil, "no kind \(kind)")
            case .endpoints(let named, _):
                for kind in named { #expect(kinds[kind]?.isAt != nil, "no kind at hosts \(kind)") }
            case .members(let kind, _): #expect(kinds[kind]?.members != nil, "no listed kind \(kind)")
            case .links(let kind, _):
                let isOffered = kinds.definitions.flatMap(\.questions).flatMap(\.leads).contains { lead in
                    if case .offers(kind, _) = lead { true } else { false }
                }
                #expect(kinds[kind]?.members?.linkKeys != nil || isOffered, "no linked kind \(kind)")
            case .offers(let kind, _): #expect(kinds[kind]?.members == nil && kinds[kind] != nil, "no kind \(kind)")
            case .question(let name, _): #expect(definition.question(name) != nil, "no question \(name)")
            }
        }
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `a question has inputs from the identity or from its lead`(kind: Kind) throws {
        let definition = try #require(kinds[kind])
        // What lists members is asked with what its lead gives.
        guard definition.members == nil else { return }
        let identities: [Kind: String] = [
            .ecrManifest: "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend@sha256:aa",
            .ecrRepository: "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend",
            .secretsManagerSecret: "arn:aws:secretsmanager:us-west-2:123456789012:secret:a-AbCdEf",
        ]
        let identity = identities[kind] ?? "x"
        let inputs = try #require(definition.inputs(identity)).merging(["identity": .string(identity)]) { $1 }
        for question in definition.firstQuestions {
            let left = question.filled(with: inputs).description
            #expect(!left.contains("${"), "nothing fills \(left)")
        }
    }

    @Test(arguments: KindRegistry.all.definitions)
    func `a kind that is listed has one facet and no question about itself`(definition: KindDefinition) {
        guard definition.members != nil else { return }
        #expect(definition.facets.map(\.name) == [Snapshot.description])
        #expect(definition.questions.last?.members != nil)
    }

    /// Until its description is answered, its identity is unknown.
    @Test(arguments: KindRegistry.all.definitions)
    func `a kind that hosts name asks first of all for its description`(definition: KindDefinition) {
        guard definition.isAt != nil else { return }
        #expect(definition.firstQuestions.map { $0.facets.map(\.name) } == [[Snapshot.description]])
    }

    /// A facet of several answers is the list of them all.
    @Test(arguments: KindRegistry.all.definitions.flatMap(\.questions).filter(\.isCollected))
    func `a facet of several answers is all of them`(question: QuestionDefinition) {
        #expect(question.facets.allSatisfy { $0.location == AttributePattern() && $0.selector == nil })
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `every reading is a volatile value`(kind: Kind) throws {
        for facet in try #require(kinds[kind]).facets {
            for reading in facet.readings.map(AttributePattern.init(stringLiteral:)) {
                #expect(facet.volatile.contains { reading.steps.starts(with: $0.steps) }, "\(reading) is kept")
            }
        }
    }

    private static let network: Set<Kind> = [
        .ec2InternetGateway, .ec2PrefixList, .ec2RouteTable, .ec2SecurityGroup, .ec2Subnet, .ec2VPC,
    ]
    /// What lies beyond the option settings, and beyond what the environment is made of.
    private static let settings = network.union(data).union([
        .cloudWatchAlarm, .iamInstanceProfile, .iamPolicy, .iamRole, .s3Bucket,
        .secretsManagerSecret,
    ])
    private static let running = network.union(data).union([
        .autoScalingGroup, .cloudWatchAlarm, .ec2Instance, .ecrImage, .ecrManifest, .ecrRepository, .ecrTag,
        .ecsCluster, .ecsContainer, .ecsTaskDefinition, .elbv2Listener, .elbv2LoadBalancer,
        .elbv2TargetGroup, .iamInstanceProfile, .iamPolicy, .iamRole, .s3Bucket,
        .secretsManagerSecret,
    ])

    @Test(
        arguments: [
            (
                "environment",
                settings.union([
                    .ecrManifest, .ecrRepository, .ecrTag, .elasticBeanstalkApplication,
                    .elasticBeanstalkApplicationVersion,
                    .elasticBeanstalkBundle, .logsLogGroup,
                ])
            ), ("settings", settings), ("resources", running),
        ] as [(String, Set<Kind>)])
    func `what lies beyond a question is known before it is asked`(name: String, beyond: Set<Kind>) throws {
        #expect(kinds.kindsBeyond(try #require(kinds.anchor.question(name)).leads, of: kinds.anchor) == beyond)
    }

    @Test(arguments: [
        (Kind.ec2Instance, "i-0a"), (.ecrTag, "antenna:v9"),
        (.logsLogGroup, "/aws/elasticbeanstalk/antenna/var/log/web"),
        (.autoScalingGroup, "awseb-e-abc-stack-AWSEBAutoScalingGroup-X"), (.ecsCluster, "awseb-antenna-prod-abc"),
        (.cloudWatchAlarm, "awseb-e-abc-stack-AWSEBCloudwatchAlarmHigh-X"),
        (.ecsTaskDefinition, "awseb-antenna-prod-abc"),
        (.elbv2Listener, "arn:aws:elasticloadbalancing:us-west-2:1:listener/app/awseb--AWSEB-X/0a/0b"),
    ])
    func `deploys and rebuilds replace what Elastic Beanstalk makes, and nothing of other names`(
        kind: Kind, identity: String
    ) throws {
        let definition = try #require(KindRegistry.all[kind])
        #expect(definition.isReplacedRoutinely(identity, { nil }))
        let isOfAnyName = definition.released == .all || kind == .logsLogGroup
        #expect(definition.isReplacedRoutinely("antenna", { nil }) == isOfAnyName)
    }
}
