import StrictJSON
import Tidemark
import TidemarkBaseline

/// A waiver as a YAML item of a list.
struct WaiverItem {
    private let members: [(key: WaiverKey, value: JSON)]
    private let acceptsAnyValue: Bool

    init(_ finding: Finding, _ acceptance: Waiver.Acceptance, owner: String, reason: String, until: Day) {
        var values: [WaiverKey: JSON] = [
            .finding: .string(finding.id.rawValue), .rule: .string(finding.rule.title), .owner: .string(owner),
            .reason: .string(reason), .until: .string(until.description),
        ]
        values[.resource] = finding.waivedResource.map { .string($0.description) }
        values[.attribute] = finding.path.map { .string($0.written.description) }
        acceptsAnyValue = acceptance.value == nil
        values[.value] = acceptance.value.map(\.inWaiver) ?? .string(WaiverKey.any)
        if let element = acceptance.element {
            values[element.side == .missing ? .missing : .unexpected] = element.key
            if acceptance.value == .plain(.null) { values[.value] = nil }
        }
        members = WaiverKey.allCases.compactMap { key in values[key].map { (key, $0) } }
    }

    /// The item as a parser reads it.
    var json: JSON { .object(JSONObject(members.map { ($0.key.rawValue, $0.value) })) }

    /// The item on one line, in JSON, which is YAML too; only `any` has no quotes.
    var flow: String {
        let pairs = members.map { "\(Self.quoted($0.key.rawValue)): \(isAny($0) ? WaiverKey.any : $0.value.flow)" }
        return "{" + pairs.joined(separator: ", ") + "}"
    }

    /// The item on several lines.
    /// - Parameters:
    ///   - dash: The number of spaces before the dash.
    ///   - offset: The number of columns from the dash to the members.
    func block(dash: Int, offset: Int) -> [String] {
        let margin = String(repeating: " ", count: dash)
        let gap = String(repeating: " ", count: max(1, offset - 1))
        return members.enumerated().map { index, member in
            let value = isAny(member) ? WaiverKey.any : Self.written(member.value)
            return "\(margin)\(index == 0 ? "-" : " ")\(gap)\(member.key.rawValue): \(value)"
        }
    }

    private func isAny(_ member: (key: WaiverKey, value: JSON)) -> Bool { acceptsAnyValue && member.key == .value }

    /// The value without quotes if YAML reads it as a text: not as a number, a date, or a word such as `no`.
    private static func written(_ value: JSON) -> String {
        guard let text = value.string else { return value.flow }
        let isPlain = text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9 _.\/,;()'-]*[A-Za-z0-9_.\/)']/) != nil
        let isWord = text.contains { $0.isLetter && $0.lowercased() != "e" }
        return isPlain && isWord && !words.contains(text.lowercased()) ? text : quoted(text)
    }

    private static let words: Set = ["true", "false", "yes", "no", "on", "off", "null", WaiverKey.any]

    private static func quoted(_ text: String) -> String { JSON.string(text).canonical }
}

extension JSON {
    /// The value in JSON on one line, with a space after each colon and comma, which YAML needs and people read.
    fileprivate var flow: String {
        switch self {
        case .array(let elements): "[" + elements.map(\.flow).joined(separator: ", ") + "]"
        case .object(let object):
            "{" + object.members.map { "\(JSON.string($0.key).canonical): \($0.value.flow)" }.joined(separator: ", ")
                + "}"
        case .null, .bool, .number, .string: canonical
        }
    }
}
