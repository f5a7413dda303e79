/// Keeps a CI runner from finding commands in what Tidemark writes to a job's log.
///
/// GitHub takes `::name ::` at the start of a line, behind white space too, and `##[name]` anywhere in one; Azure takes
/// `##vso[`, TeamCity `##teamcity[`. Names and values of others can hold any of them, and two texts that come to stand
/// beside each other can make one, so the finished output is searched.
///
/// Source: `ActionCommand` in <https://github.com/actions/runner>, and
/// <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>.
package enum RunnerCommands {
    /// The syntax of an output; it decides how a character is escaped.
    package enum Syntax: Sendable {
        case text, json
        /// XML, and HTML within Markdown.
        case markup
        /// Lines that are commands themselves: what stands at their start is meant.
        case commands
    }

    /// The output, in which one character of each command is spelled so that only readers of the syntax see it.
    package static func escaped(_ output: String, in syntax: Syntax) -> String {
        var search = CommandSearch()
        return output.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch search.found(with: scalar) {
            case .bracket?: escaped += spelled(scalar, in: syntax)
            case .colons? where syntax != .commands: escaped += spelled(scalar, in: syntax)
            case .colons?, nil: escaped.unicodeScalars.append(scalar)
            }
        }
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

    /// How much of each opening stands just before the next scalar.
    private var hashes = 0
    private var isNamed = false
    private var isAtStart = true
    private var isBehindColon = false

    /// The opening of which a scalar is the last one.
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
        } else if !scalar.properties.isWhitespace {
            isAtStart = false
        }
        return isFound
    }
}
