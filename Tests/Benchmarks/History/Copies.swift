import StrictJSON
import Tidemark
import TidemarkKinds

/// Copies of a stack's resources, which make it a large one.
struct Copies {
    /// The kinds of which an account has many. None of them names an image.
    private static let kinds: Set<Kind> = [
        .autoScalingGroup, .cloudWatchAlarm, .ec2Instance, .ec2SecurityGroup, .ec2Subnet, .iamPolicy, .iamRole,
        .logsLogGroup, .rdsDBInstance, .s3Bucket,
    ]

    /// The facets of the copies.
    let facets: [FacetID: JSON?]
    /// The descriptions that change in turn.
    private let descriptions: [FacetID]
    private let changesPerSnapshot: Int
    /// A prime number, so that one snapshot changes several kinds.
    private static let step = 97

    /// - Parameter count: The number of resources of the large stack, without tags.
    init(_ count: Int, of stack: [FacetID: JSON?]) {
        let described = stack.keys.filter { $0.name == Snapshot.description && !$0.isTag }
        let originals = described.map(\.resource).filter { Self.kinds.contains($0.kind) }.sorted()
        var facets: [FacetID: JSON?] = [:]
        for number in 0..<max(count - described.count, 0) {
            let original = originals[number % originals.count]
            let copy = ResourceID(original.kind, "\(original.identity)-\(number / originals.count + 2)")
            for (facet, content) in stack where facet.resource == original {
                facets[FacetID(copy, facet.name)] = content
            }
        }
        self.facets = facets
        descriptions = facets.keys.filter { $0.name == Snapshot.description }.sorted()
        changesPerSnapshot = max(count / 100, 1)
    }

    /// Changes 1 % of all resources. The new value cannot be compressed, as an id or a digest cannot.
    func change(at number: Int, in facets: inout [FacetID: JSON?]) {
        for change in (number * changesPerSnapshot)..<((number + 1) * changesPerSnapshot) {
            let revision = JSON.string(ContentHash(of: "revision \(change)".utf8).hexadecimal)
            facets.set("Revision", of: descriptions[change * Self.step % descriptions.count], to: revision)
        }
    }
}
