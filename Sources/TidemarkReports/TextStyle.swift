/// The style of text for people: coloured on a terminal, plain elsewhere.
public struct TextStyle: Sendable {
    /// Whether text has ANSI colors.
    public let isColored: Bool

    /// Creates a style.
    public init(isColored: Bool) { self.isColored = isColored }

    /// Text without colors.
    public static let plain = TextStyle(isColored: false)

    /// The ANSI colors in use; the raw value is the code of the foreground.
    public enum Color: Int, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
    }

    func paint(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// Lines of text under construction.
struct TextLines {
    private(set) var lines: [String] = []

    mutating func add(_ line: String = "") { lines.append(line) }

    /// Adds a name and its value, which may have several lines, in two columns; adds nothing for nil.
    mutating func add(_ name: String, _ value: String?, width: Int = 10, indent: Int = 2) {
        guard let value else { return }
        let margin = String(repeating: " ", count: indent)
        for (index, line) in value.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            add(margin + (index == 0 ? name : "").padded(to: width) + line)
        }
    }

    /// The lines, each with its line break.
    var text: String { lines.map { $0 + "\n" }.joined() }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}

/// `1 resource`, `2 resources`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
