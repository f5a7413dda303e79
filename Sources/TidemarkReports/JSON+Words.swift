import StrictJSON
import TidemarkKinds

extension JSON {
    /// The value on one line: a text as it is, anything else as JSON.
    var inWords: String {
        if self == Redacted.value { return "(redacted)" }
        switch self {
        case .string(let text): return text.isEmpty ? "''" : text.printable
        case .array(let values) where values.allSatisfy { $0.scalarText != nil }:
            return values.isEmpty ? "nothing" : values.map(\.inWords).joined(separator: ", ")
        default: return canonical.printable
        }
    }
}
