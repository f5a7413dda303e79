/// A sum of SHA-256 hashes: equal for equal sets, in whatever order their elements were added.
///
/// A changed element changes it by two hashes, where the hash of a list would have to be computed again. It distinguishes sets of
/// contents that AWS answered, and does not protect against somebody who chooses them.
package struct ContentSum: Sendable, Hashable {
    private var words = HashWords()

    package init() {}

    /// The sum of one element.
    package init(of element: String) { words = ContentHash(of: element.utf8).words }

    package static func += (sum: inout ContentSum, other: ContentSum) { sum.words &+= other.words }
    package static func -= (sum: inout ContentSum, other: ContentSum) { sum.words &-= other.words }
}
