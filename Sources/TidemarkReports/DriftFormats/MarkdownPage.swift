/// A page under construction that stays below GitHub's limit for a comment.
struct MarkdownPage {
    /// The length of the page at which a list must end, in UTF-16 code units, so that a later one has room.
    ///
    /// GitHub refuses comments of more than 65,536 characters. The rest is for the lines that say what was cut.
    enum Share: Int {
        case findings = 48_000
        case coverage = 56_000
        case rest = 64_000
    }

    private(set) var text = ""
    private var length = 0

    mutating func add(_ line: String = "") {
        text += line + "\n"
        length += line.utf16.count + 1
    }

    /// Adds as many lines as fit, and a line with the number of the others.
    mutating func add(_ lines: [String], under heading: [String], upTo share: Share, rest: (Int) -> String) {
        var end = length + heading.reduce(0) { $0 + $1.utf16.count + 1 }
        let fitting = lines.prefix { line in
            end += line.utf16.count + 1
            return end <= share.rawValue
        }
        if !fitting.isEmpty { for line in heading + fitting { add(line) } }
        guard fitting.count < lines.count else { return }
        add()
        add(rest(lines.count - fitting.count))
    }
}
