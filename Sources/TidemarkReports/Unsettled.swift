import StrictJSON
import Tidemark

/// That an environment was not at rest, and why: in the same words in every report.
struct Unsettled {
    /// Empty where it was at rest.
    let reasons: [UnsettledReason]

    init(_ reasons: [UnsettledReason]) { self.reasons = reasons }

    /// The reasons on one line; nil where there is none.
    var inWords: String? { reasons.isEmpty ? nil : reasons.map(\.sentence).joined(separator: "; ") }

    /// What follows the moment at which it was so: `; unsettled: the environment's status is Updating`.
    var clause: String { inWords.map { "; unsettled: \($0)" } ?? "" }
}

extension TextLines {
    /// Adds the reasons in the two columns; nothing where there is none.
    mutating func add(_ unsettled: Unsettled, width: Int = 10, indent: Int = 2) {
        add("unsettled", unsettled.inWords, width: width, indent: indent)
    }
}
