/// Escapes that keep a CI runner from finding commands in Tidemark's output.
///
/// GitHub runs `::name ::` at the start of a line, also after white space, and `##[name]` anywhere in one; Azure runs
/// `##vso[`, TeamCity `##teamcity[`. Names and values can contain them, and two adjacent texts can form one, so the finished
/// output is searched.
///
/// Source: `ActionCommand` in <https://github.com/actions/runner>, and
/// <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>.
package enum RunnerCommands {
    /// The syntax of an output, which decides how a character is escaped.
    package enum Syntax: Sendable {
        case text, json
        /// XML, and HTML within Markdown.
        case markup
        /// Lines that are commands themselves, so that `::` at their start stays.
        case commands
    }

    /// The output with one character of each command escaped.
    package static func escaped(_ output: String, in syntax: Syntax) -> String {
        guard mayHaveCommand(output) else { return output }
        var search = CommandSearch()
        var (escaped, rest) = ("", output.startIndex)
        for (index, scalar) in zip(output.unicodeScalars.indices, output.unicodeScalars) {
            guard let opening = search.found(with: scalar), opening == .bracket || syntax != .commands else { continue }
            escaped += output[rest..<index] + spelled(scalar, in: syntax)
            rest = output.unicodeScalars.index(after: index)
        }
        return rest == output.startIndex ? output : escaped + output[rest...]
    }

    /// Whether an output has `##`, or `::` that is not within a word, as it is in an ARN. Nearly no output does.
    private static func mayHaveCommand(_ output: String) -> Bool {
        var (beforeLast, last) = (UInt8(ascii: "\n"), UInt8(ascii: "\n"))
        for byte in output.utf8 {
            if byte == last {
                if byte == UInt8(ascii: "#") { return true }
                if byte == UInt8(ascii: ":"), !(0x21..<0x7F).contains(beforeLast) { return true }
            }
            (beforeLast, last) = (last, byte)
        }
        return false
    }

    private static func spelled(_ scalar: Unicode.Scalar, in syntax: Syntax) -> String {
        let code = String(scalar.value, radix: 16)
        return switch syntax {
        case .text, .commands: "\\u{\(code)}"
        case .json: "\\u00\(code)"
        case .markup: "&#\(scalar.value);"
        }
    }
}

/// Finds where commands begin, scalar by scalar.
private struct CommandSearch {
    enum Opening {
        /// `##[`, with letters before the bracket or without.
        case bracket
        /// `::` at the start of a line.
        case colons
    }

    /// The parts of each opening just before the next scalar.
    private var hashes = 0
    private var isNamed = false
    private var isAtStart = true
    private var isBehindColon = false

    /// The opening that a scalar completes; nil if it completes none.
    mutating func found(with scalar: Unicode.Scalar) -> Opening? {
        if readBracket(scalar) { return .bracket }
        return readColons(scalar) ? .colons : nil
    }

    private mutating func readBracket(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "#":
            hashes = isNamed ? 1 : hashes + 1
            isNamed = false
        case "a"..."z", "A"..."Z": isNamed = hashes > 1
        default:
            defer { (hashes, isNamed) = (0, false) }
            return scalar == "[" && hashes > 1
        }
        if !isNamed, scalar != "#" { hashes = 0 }
        return false
    }

    private mutating func readColons(_ scalar: Unicode.Scalar) -> Bool {
        let isFound = scalar == ":" && isBehindColon
        isBehindColon = scalar == ":" && isAtStart
        if scalar == "\n" || scalar == "\r" {
            isAtStart = true
        } else if isAtStart, !scalar.properties.isWhitespace {
            isAtStart = false
        }
        return isFound
    }
}
