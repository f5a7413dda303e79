import Yams

/// The lines of a text as a YAML reader counts them, numbered from 0.
///
/// Source: <https://yaml.org/spec/1.1/#id871136>: beside line feeds, carriage returns, next lines and separators end one.
package struct YAMLLines {
    package let text: String
    /// The start of each line.
    private let starts: [String.Index]

    package init(_ text: String) {
        self.text = text
        let scalars = text.unicodeScalars
        var starts = [text.startIndex]
        for index in scalars.indices {
            let next = scalars.index(after: index)
            if scalars[index] == "\r", next < text.endIndex, scalars[next] == "\n" { continue }
            if Self.breaks.contains(scalars[index]) { starts.append(next) }
        }
        self.starts = starts
    }

    package static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]

    /// The number of lines; the last one, after the last break, may be empty.
    package var count: Int { starts.count }

    /// The start of a line; the end of the text after the last line.
    package func start(of line: Int) -> String.Index { line < count ? starts[line] : text.endIndex }

    /// The index of a mark; nil for a mark that is not in the text.
    package func index(of mark: Yams.Mark) -> String.Index? {
        guard (1...count).contains(mark.line) else { return nil }
        return text.unicodeScalars.index(start(of: mark.line - 1), offsetBy: mark.column - 1, limitedBy: text.endIndex)
    }

    /// The scalar at an index; nil at the end.
    package func scalar(at index: String.Index) -> Unicode.Scalar? { text.unicodeScalars[index...].first }

    /// The line without its break.
    package func content(of line: Int) -> Substring.UnicodeScalarView {
        let whole = text.unicodeScalars[start(of: line)..<start(of: line + 1)]
        return whole.dropLast(whole.reversed().prefix { Self.breaks.contains($0) }.count)
    }

    /// The number of spaces at the beginning of the line; nil for a blank line.
    package func indentation(of line: Int) -> Int? {
        let content = content(of: line)
        return content.allSatisfy { $0 == " " || $0 == "\t" } ? nil : content.prefix { $0 == " " }.count
    }

    /// Whether the line ends a document or begins another.
    package func isMark(at line: Int) -> Bool { ["...", "---"].contains(String(content(of: line).prefix(3))) }

    /// The line before another one; before the end, the last one with a break.
    package func lastLine(before line: Int) -> Int {
        line == count && line > 1 && content(of: line - 1).isEmpty ? line - 2 : line - 1
    }

    /// The break of the lines, judged by the first one.
    package var ending: String { text.unicodeScalars.first { $0 == "\r" || $0 == "\n" } == "\r" ? "\r\n" : "\n" }
}
