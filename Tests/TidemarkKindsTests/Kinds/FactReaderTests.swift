import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct FactReaderTests {
    private static let ring = Kind(rawValue: "x.ring")
    private let resource = ResourceID(ring, "a")

    /// A kind whose fact `next` is the same fact of the resource that its description names.
    private func snapshot(_ nexts: KeyValuePairs<String, JSON>) throws -> SnapshotView {
        let ring = KindDefinition(
            Self.ring, decoder: 1, questions: [],
            facts: [
                FactDefinition(
                    "next", "What the next one says, or its own word.", shape: .scalar,
                    compute: { reader in
                        let content = reader.facet(Snapshot.description)
                        guard let next = content?["Next"]?.string else { return content?["Word"] }
                        return reader.fact("next", of: ResourceID(Self.ring, next))
                    })
            ])
        let facets = nexts.map { (ResourceID(Self.ring, $0.key).described, $0.value) }
        return try SnapshotView.of(
            Dictionary(uniqueKeysWithValues: facets),
            kinds: KindRegistry(anchor: .elasticBeanstalkEnvironment, others: [ring]), decoders: [Self.ring: "1"])
    }

    @Test func `a fact may be another resource's`() throws {
        #expect(try snapshot(["a": ["Next": "b"], "b": ["Word": "so"]]).seen("next", of: resource) == "so")
    }

    @Test func `a fact that needs itself has no value`() throws {
        let snapshot = try snapshot(["a": ["Next": "b"], "b": ["Next": "a"]])
        #expect(snapshot.seen("next", of: resource) == nil)
        #expect(!snapshot.isUnseen("next", of: resource))
    }

    @Test func `a fact of what a snapshot could not know is unseen`() throws {
        let snapshot = try SnapshotView.of(
            [Stack.database.described: ["DBSubnetGroup": ["DBSubnetGroupName": "shared"]]],
            decoders: [.rdsDBInstance: "2"])
        #expect(snapshot.isUnseen("subnet-tier", of: Stack.database))
    }
}
