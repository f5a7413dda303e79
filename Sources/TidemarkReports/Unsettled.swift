import StrictJSON
import Tidemark

/// The reasons why an environment was unsettled, in the same words in every report.
struct Unsettled {
    /// Empty if it was settled.
    let reasons: [UnsettledReason]

    init(_ reasons: [UnsettledReason]) { self.reasons = reasons }

    /// The reasons on one line; nil if it was settled.
    var inWords: String? { reasons.isEmpty ? nil : reasons.map(\.sentence).joined(separator: "; ") }

    /// The clause after the time of a snapshot: `; unsettled: the environment's status is Updating`.
    var clause: String { inWords.map { "; unsettled: \($0)" } ?? "" }
}

extension TextLines {
    /// Adds the reasons in two columns, if there are any.
    mutating func add(_ unsettled: Unsettled) {
        add("unsettled", unsettled.inWords)
    }
}
