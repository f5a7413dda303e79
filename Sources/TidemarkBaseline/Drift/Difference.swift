import StrictJSON
import Tidemark
import TidemarkKinds

/// A value that is not as expected: a leaf, or an element of a list that has no key.
struct Difference {
    let path: AttributePath
    /// Nil if the value at the path differs as a whole.
    var element: FindingElement?
    /// Nil if no value is expected.
    let expected: Expected?
    let actual: JSON?
    /// Whether the result depends on a redacted value.
    var isRedacted = false
    /// The reason why the values cannot be compared; nil if they differ.
    var incomparable: Unseen?
}

/// An element by which a list differs, or a part by which a text does.
enum ElementDifference {
    case missing(Expected)
    case unexpected(JSON)
    /// It is unknown whether the element is there.
    case undecided(Unseen)
}
