/// The kinds that this Tidemark knows.
public struct KindRegistry: Sendable {
    public let definitions: [KindDefinition]

    /// The kind from which every walk starts.
    public let anchor: KindDefinition
    private let byKind: [Kind: KindDefinition]

    public init(anchor: KindDefinition, others: [KindDefinition]) {
        self.anchor = anchor
        definitions = [anchor] + others
        byKind = Dictionary(definitions.map { ($0.kind, $0) }) { first, _ in first }
    }

    /// Every kind, a line each.
    public static let all = KindRegistry(
        anchor: .elasticBeanstalkEnvironment,
        others: [
            .autoScalingGroup,
            .cloudWatchAlarm,
            .ec2Instance,
            .ec2RouteTable,
            .ec2SecurityGroup,
            .ec2Subnet,
            .ec2VPC,
            .ecrImage,
            .ecrRepository,
            .ecrTag,
            .ecsCluster,
            .ecsContainer,
            .ecsTaskDefinition,
            .elastiCacheCacheCluster,
            .elastiCacheCacheParameterGroup,
            .elastiCacheCacheSubnetGroup,
            .elastiCacheReplicationGroup,
            .elasticBeanstalkApplication,
            .elasticBeanstalkApplicationVersion,
            .elasticBeanstalkBundle,
            .elbv2Listener,
            .elbv2LoadBalancer,
            .elbv2TargetGroup,
            .iamInstanceProfile,
            .iamPolicy,
            .iamRole,
            .logsLogGroup,
            .rdsDBInstance,
            .rdsDBParameterGroup,
            .rdsDBSubnetGroup,
            .s3Bucket,
            .secretsManagerSecret,
        ])

    /// The version by which each kind's answers are read, with what the user declared plain.
    public func decoders(names: PropertyNames = PropertyNames()) -> [Kind: String] {
        Dictionary(uniqueKeysWithValues: definitions.map { ($0.kind, "\($0.decoder)\(names.version)") })
    }

    /// How images are found in descriptions, for a history's index.
    public var images: ImageIndex {
        ImageIndex(
            Dictionary(uniqueKeysWithValues: definitions.compactMap { one in one.images.map { (one.kind, $0) } }))
    }

    public subscript(kind: Kind) -> KindDefinition? {
        byKind[kind]
    }

    /// The kinds that cannot be reached, or not wholly, when this question fails: those it leads to, and on from them.
    public func kindsBeyond(_ question: QuestionDefinition, of definition: KindDefinition) -> Set<Kind> {
        var kinds: Set<Kind> = []
        var pending = [(question, definition)]
        while let (question, definition) = pending.popLast() {
            for lead in question.leads {
                switch lead.destination {
                case .question(let name):
                    if let next = definition.question(name) { pending.append((next, definition)) }
                case .kind(let kind), .members(let kind), .marked(let kind):
                    guard kinds.insert(kind).inserted, let next = self[kind] else { continue }
                    pending += next.questions.map { ($0, next) }
                }
            }
        }
        return kinds
    }
}
