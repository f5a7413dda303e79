import Tidemark

/// A set of kinds.
public struct KindRegistry: Sendable {
    /// The definitions, the anchor first.
    public let definitions: [KindDefinition]

    /// The kind from which every walk starts.
    public let anchor: KindDefinition
    private let byKind: [Kind: KindDefinition]
    /// The kinds of which an answer names every resource of the environment.
    private let wholeKinds: Set<Kind>

    /// Creates a registry; of two definitions of one kind the first counts.
    public init(anchor: KindDefinition, others: [KindDefinition]) {
        self.anchor = anchor
        definitions = [anchor] + others
        byKind = Dictionary(definitions.map { ($0.kind, $0) }) { first, _ in first }
        wholeKinds = Set(definitions.flatMap(\.questions).flatMap(\.leads).compactMap(\.wholeKind))
    }

    /// The registry with further kinds: those of a program that uses the library.
    /// - Parameter others: Kinds that the registry does not have; the first definition of a kind counts.
    public func adding(_ others: [KindDefinition]) -> KindRegistry {
        KindRegistry(anchor: anchor, others: definitions.dropFirst() + others)
    }

    /// The registry without some kinds: their resources are not asked for, and are unseen.
    public func without(_ kinds: Set<Kind>) -> KindRegistry {
        KindRegistry(anchor: anchor, others: definitions.dropFirst().filter { !kinds.contains($0.kind) })
    }

    /// The kinds that are asked for by calls that set an image's time of the last pull.
    public static let manifests: Set<Kind> = [.ecrManifest]

    /// Every built-in kind.
    public static let all = KindRegistry(
        anchor: .elasticBeanstalkEnvironment,
        others: [
            .autoScalingGroup,
            .cloudWatchAlarm,
            .ec2Instance,
            .ec2InternetGateway,
            .ec2PrefixList,
            .ec2RouteTable,
            .ec2SecurityGroup,
            .ec2Subnet,
            .ec2VPC,
            .ecrImage,
            .ecrManifest,
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

    /// The version of each kind's decoder, with the names that the user declared plain.
    public func decoders(names: PropertyNames = PropertyNames()) -> [Kind: String] {
        Dictionary(uniqueKeysWithValues: definitions.map { ($0.kind, "\($0.decoder)\(names.version)") })
    }

    /// What facets say about images and about what runs, for a history's index.
    public var images: ImageIndex {
        ImageIndex(
            Dictionary(uniqueKeysWithValues: definitions.compactMap { one in one.images.map { (one.kind, $0) } }),
            parts: Dictionary(
                uniqueKeysWithValues: definitions.compactMap { one in one.running.map { (one.kind, $0) } }))
    }

    /// The definition of a kind, or nil for an unknown one.
    public subscript(kind: Kind) -> KindDefinition? {
        byKind[kind]
    }

    /// The kinds of the resources that the endpoints in answers may name.
    package var kindsAtEndpoints: Set<Kind> {
        Set(definitions.flatMap(\.questions).flatMap(\.leads).flatMap(\.kindsAtEndpoints))
    }

    /// Whether the resources of a kind are listed wholly: one that is on no list does not belong to the environment. Members
    /// are so as far as the resources to which they belong are known.
    package func isListed(_ kind: Kind) -> Bool {
        kind == anchor.kind || wholeKinds.contains(kind) || self[kind]?.canBeLeft == false
    }

    /// Whether the state keeps which resources of a kind are gone. A list shows by itself that one is not on it.
    package func keepsGone(_ kind: Kind) -> Bool { !isListed(kind) }

    /// The kinds to whose resources the members of a kind belong; empty for a kind without members.
    package func owners(of kind: Kind) -> [Kind] {
        definitions.filter { $0.questions.contains { $0.leads.contains { $0.membersKind == kind } } }.map(\.kind)
    }

    /// The kinds whose resources cannot all be reached if some leads of a kind cannot be followed: those to which they lead,
    /// and those beyond them.
    public func kindsBeyond(_ leads: [Lead], of definition: KindDefinition) -> Set<Kind> {
        var kinds: Set<Kind> = []
        var pending = leads.map { ($0, definition) }
        while let (lead, definition) = pending.popLast() {
            if let name = lead.questionName, let next = definition.question(name) {
                pending += next.leads.map { ($0, definition) }
            }
            for kind in lead.kinds where kinds.insert(kind).inserted {
                guard let next = self[kind] else { continue }
                pending += next.questions.flatMap(\.leads).map { ($0, next) }
            }
        }
        return kinds
    }
}
