import StrictJSON
import Tidemark
import TidemarkKinds

/// A value that is not as expected.
struct Difference {
    let path: AttributePath
    /// Nil if no value is expected.
    let expected: Expected?
    let actual: JSON?
    var elements = ListDifference.none
    /// Whether the result depends on a redacted value.
    var isRedacted = false
    /// The reason why the values cannot be compared; nil if they differ.
    var incomparable: Unseen?
}

/// The elements by which a list differs.
public struct ListDifference: Sendable {
    /// The expected elements that are not in the list.
    public internal(set) var missing: [Expected]
    /// The elements that match no expected one.
    public internal(set) var extra: [JSON]

    static let none = ListDifference(missing: [], extra: [])

    package var isEmpty: Bool { missing.isEmpty && extra.isEmpty }
}
