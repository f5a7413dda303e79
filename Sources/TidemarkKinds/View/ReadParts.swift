import Locking
import Tidemark

/// Collects the parts of a snapshot that are read.
package final class ReadParts: Sendable {
    private let collected = Locked<Set<StatePart>>([.coverage])

    package init() {}

    package var parts: Set<StatePart> { collected.withLock { $0 } }

    func insert(_ part: StatePart) { collected.withLock { _ = $0.insert(part) } }
}
