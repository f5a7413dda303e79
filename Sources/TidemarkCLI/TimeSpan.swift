import ArgumentParser

/// A length of time as a user writes it: `90s`, `30m`, `24h`, `7d`.
struct TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    let milliseconds: Int64
    let description: String

    private static let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

    init?(argument: String) {
        guard let unit = argument.last.flatMap({ Self.units[$0] }), let count = Int64(argument.dropLast()), count >= 0,
            count < 1_000_000
        else { return nil }
        self.init(milliseconds: count * unit, description: argument)
    }

    private init(milliseconds: Int64, description: String) {
        self.milliseconds = milliseconds
        self.description = description
    }

    static func hours(_ count: Int64) -> TimeSpan {
        TimeSpan(milliseconds: count * 3_600_000, description: "\(count)h")
    }

    var duration: Duration { .milliseconds(milliseconds) }
    var defaultValueDescription: String { description }
}
