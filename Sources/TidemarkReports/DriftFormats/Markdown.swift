import Tidemark

/// Escapes for texts within a table cell of GitHub's Markdown.
///
/// Source: <https://github.github.com/gfm/>, sections 4.10 (tables), 6.1 (escapes) and 6.3 (code spans).
enum Markdown {
    /// The lengths above which a text is cut, because a page has a limit.
    private static let longestValue = 300
    private static let longestProse = 1000

    /// A name or a value as code, in which nothing is a mention, a link or HTML.
    static func code(_ text: String) -> String {
        let text = cut(text.printable, to: longestValue).replacing("|", with: "\\|")
        let longestRun = text.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: longestRun + 1)
        let isTouching = text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") && text.hasSuffix(" ")
        return isTouching || text.isEmpty ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
    }

    /// A text as prose. Line breaks become spaces. A zero-width space breaks mentions and issue references, which GitHub
    /// looks for after it has resolved the escapes.
    static func prose(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        let escaped = cut(line.printable, to: longestProse).unicodeScalars.reduce(into: "") { escaped, scalar in
            if special.contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
            if scalar == "@" || scalar == "#" { escaped += "\u{200B}" }
        }
        return linking.reduce(escaped) { text, link in text.replacing(link.mark, with: link.broken) }
    }

    /// Texts that become links without markup, and how they are broken.
    private static let linking: [(mark: String, broken: String)] = [
        ("://", ":\u{200B}//"), ("www.", "www\u{200B}."), ("WWW.", "WWW\u{200B}."), ("GH-", "GH\u{200B}-"),
    ]

    private static let special = Set("\\`*_[]<>|~&$".unicodeScalars)

    private static func cut(_ text: String, to length: Int) -> String {
        text.unicodeScalars.count <= length ? text : String(text.unicodeScalars.prefix(length - 1)) + "…"
    }
}
