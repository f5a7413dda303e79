import ArgumentParser
import Tidemark

/// A length of time as a user writes it: `90s`, `30m`, `24h`, `7d`.
struct TimeSpan: CustomStringConvertible {
    let milliseconds: Int64
    let description: String

    private static let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

    init?(_ text: String) {
        guard let unit = text.last.flatMap({ Self.units[$0] }), let count = Int64(text.dropLast()), count >= 0,
            count < 1_000_000
        else { return nil }
        self.init(milliseconds: count * unit, description: text)
    }

    private init(milliseconds: Int64, description: String) {
        self.milliseconds = milliseconds
        self.description = description
    }

    var duration: Duration { .milliseconds(milliseconds) }
}

/// An option's value that must be a length of time.
///
/// The argument parser treats a flag-like option with an invalid value as one without a value, and has its own words for
/// the others. So the value is validated later.
struct TypedTimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let text: String

    init(argument: String) { text = argument }

    var span: TimeSpan? { TimeSpan(text) }
    var description: String { text }
    var defaultValueDescription: String { text }

    /// - Parameter option: The option as it is typed, for the message.
    func check(_ option: String) throws {
        guard span == nil else { return }
        throw ValidationError(
            "\(option) '\(text.printable)' is not a length of time: pass one such as 90s, 30m, 24h or 7d")
    }
}
