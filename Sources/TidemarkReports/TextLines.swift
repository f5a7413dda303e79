/// Lines of text under construction.
struct TextLines {
    private(set) var lines: [String] = []

    mutating func add(_ line: String = "") { lines.append(line) }

    /// Adds a name and its value, which may have several lines, in two columns; adds nothing for nil.
    mutating func add(_ name: String, _ value: String?, width: Int = 10, indent: Int = 2) {
        guard let value else { return }
        let margin = String(repeating: " ", count: indent)
        guard value.utf8.contains(UInt8(ascii: "\n")) else { return add(margin + name.padded(to: width) + value) }
        for (index, line) in value.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            add(margin + (index == 0 ? name : "").padded(to: width) + line)
        }
    }

    /// The lines, each with its line break.
    var text: String { lines.map { $0 + "\n" }.joined() }
}

extension String {
    /// The text followed by spaces up to a width, at least one.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}

extension [String] {
    /// The texts as lines; nil if there are none.
    var joinedOrNil: String? { isEmpty ? nil : joined(separator: "\n") }
}

/// `1 resource`, `2 resources`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
