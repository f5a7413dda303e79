import AWSShapes
import StrictJSON

/// The form of a time in a request.
enum TimestampFormat: String {
    case iso8601
    case rfc822
    case unixTimestamp
}

extension WireType {
    /// The text of a scalar parameter in a form, a query or a header; nil for a value of another type.
    /// - Parameter format: The form of a time if the wire table names none.
    func text(of value: JSON, _ format: TimestampFormat) -> String? {
        switch (self, value) {
        case (.string, .string(let text)), (.blob, .string(let text)), (.policy, .string(let text)): text
        case (.integer, .number(let number)): Int64(number.lexeme).map { _ in number.lexeme }
        case (.float, .number(let number)): number.lexeme
        case (.boolean, .bool(let isTrue)): isTrue ? "true" : "false"
        case (.timestamp(let own), .string(let text)):
            UTCTime(parsing: text)?.text(own.flatMap { TimestampFormat(rawValue: $0) } ?? format)
        default: nil
        }
    }
}

extension UTCTime {
    func text(_ format: TimestampFormat) -> String {
        switch format {
        case .iso8601: description
        case .rfc822: internetDate
        case .unixTimestamp: "\(milliseconds / 1000)"
        }
    }
}
