import StrictJSON
import Tidemark

/// A waiver as a YAML item of a list.
struct WaiverItem {
    let members: [(name: String, value: String)]

    init(_ finding: FindingID, owner: String, reason: String, until: Day) {
        members = [
            ("finding", finding.rawValue), ("owner", owner), ("reason", reason), ("until", until.description),
        ]
    }

    /// The item as a parser reads it.
    var json: JSON { .object(JSONObject(members.map { ($0.name, .string($0.value)) })) }

    /// The item on one line, in JSON, which is YAML too.
    var flow: String {
        "{" + members.map { "\(Self.quoted($0.name)): \(Self.quoted($0.value))" }.joined(separator: ", ") + "}"
    }

    /// The item on several lines.
    /// - Parameters:
    ///   - dash: The number of spaces before the dash.
    ///   - offset: The number of columns from the dash to the members.
    func block(dash: Int, offset: Int) -> [String] {
        let margin = String(repeating: " ", count: dash)
        let gap = String(repeating: " ", count: max(1, offset - 1))
        return members.enumerated().map { index, member in
            "\(margin)\(index == 0 ? "-" : " ")\(gap)\(member.name): \(Self.written(member.value))"
        }
    }

    /// The text without quotes if YAML reads it as a text: not as a number, a date, or a word such as `no`.
    private static func written(_ text: String) -> String {
        let isPlain = text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9 _.\/,;()'-]*[A-Za-z0-9_.\/)']/) != nil
        let isWord = text.contains { $0.isLetter && $0.lowercased() != "e" }
        return isPlain && isWord && !words.contains(text.lowercased()) ? text : quoted(text)
    }

    private static let words: Set = ["true", "false", "yes", "no", "on", "off", "null"]

    private static func quoted(_ text: String) -> String { JSON.string(text).canonical }
}
