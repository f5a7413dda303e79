import Locking
import Tidemark

/// Collects the parts of a snapshot that are read.
package final class ReadParts: Sendable {
    private let collected = Locked<Set<StatePart>>([.coverage])

    package init() {}

    /// The parts; where the same facet of many resources is read, that of all resources of the kind.
    package var parts: Set<StatePart> {
        var parts = collected.withLock { $0 }
        let facets = parts.compactMap { part in if case .facet(let facet) = part { facet } else { nil } }
        for (all, some) in Dictionary(grouping: facets, by: { StatePart.facets($0.resource.kind, name: $0.name) })
        where some.count > Self.fewest || parts.contains(all) {
            parts.subtract(some.map(StatePart.facet))
            parts.insert(all)
        }
        return parts
    }

    /// The number of resources from which on nearly every resource of the kind is read, whichever exist.
    private static let fewest = 8

    func insert(_ part: StatePart) { collected.withLock { _ = $0.insert(part) } }
}
