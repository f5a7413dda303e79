// embed-text OUTPUT ROOT FILE...
//
// Writes a Swift file with the text of each FILE, by its path below ROOT.

import Foundation

struct EmbedError: Error { let reason: String }

func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
        switch scalar {
        case "\\": "\\\\"
        case "\"": "\\\""
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: scalar.value < 0x20 ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
    }
    return "\"\(escaped.joined())\""
}

/// The Swift name of a file: `stateAt` for `SQL/state-at.sql`, nil for `0001-log.sql`, which is not an identifier.
func identifier(of path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    let words = name.split(separator: ".")[0].split(separator: "-")
    guard words.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isLowercase } }) else { return nil }
    return words.dropFirst().reduce(String(words[0])) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
}

func generate(root: String, files: [String]) throws -> String {
    var all: [String] = []
    var named: [String] = []
    for file in files {
        guard let text = String(data: try Data(contentsOf: URL(filePath: file)), encoding: .utf8) else {
            throw EmbedError(reason: "\(file) is not UTF-8")
        }
        let path = String(file.dropFirst(root.hasSuffix("/") ? root.count : root.count + 1))
        all.append("        (\(literal(path)), \(literal(text))),")
        if let name = identifier(of: path) { named.append("    package static let \(name) = \(literal(text))") }
    }
    return """
        /// The texts of this target's files by their paths, sorted.
        package enum Embedded {
            package static let all: [(path: String, text: String)] = [
        \(all.joined(separator: "\n"))
            ]

        \(named.joined(separator: "\n"))
        }

        """
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else { throw EmbedError(reason: "usage: embed-text OUTPUT ROOT FILE...") }
let source = try generate(root: arguments[1], files: Array(arguments.dropFirst(2)))
try source.write(to: URL(filePath: arguments[0]), atomically: true, encoding: .utf8)
