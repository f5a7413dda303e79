import StrictJSON
import Yams

/// A map of known keys. Reading it collects a mistake for each key that is missing, unknown or of the wrong type.
package struct YAMLMap {
    private let node: Node
    private let members: [(key: String, keyNode: Node, value: Node)]
    package let collector: MistakeCollector

    /// Reads a map, with a mistake for each unknown or repeated key; nil, with a mistake, for another node.
    package init?(_ node: Node, keys: [String], what: String, _ collector: MistakeCollector) {
        guard let mapping = node.mapping else {
            collector.add("\(what) must be a map, and this is \(node.noun)", at: node)
            return nil
        }
        self.node = node
        self.collector = collector
        members = mapping.map { ($0.key.string ?? "", $0.key, $0.value) }
        for (key, keyNode, _) in members where !keys.contains(key) {
            let hint = nearest(to: key, among: keys).map { "did you mean '\($0)'?" }
            collector.add(
                "unknown key '\(key.printable)' in \(what): \(hint ?? "known are \(keys.joined(separator: ", "))")",
                at: keyNode)
        }
        var seen: Set<String> = []
        // To YAML, a number in quotes is another key than the number.
        for (key, keyNode, _) in members where !seen.insert(key).inserted {
            collector.add("'\(key.printable)' occurs twice", at: keyNode)
        }
    }

    package func value(_ key: String) -> Node? { members.first { $0.key == key }?.value }

    package func text(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let scalar = value.scalar else {
            collector.add("'\(key)' must be a text, and this is \(value.noun)", at: value)
            return nil
        }
        return scalar.string
    }

    /// The value of a flag; nil if the map does not state it.
    package func flag(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        switch value.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            collector.add("'\(key)' is true or false", at: value)
            return nil
        }
    }

    package func requiredText(_ key: String, in what: String) -> String? {
        guard value(key) != nil else {
            collector.add("\(what) needs '\(key):'", at: node)
            return nil
        }
        guard let text = text(key), !text.isEmpty else {
            if let value = value(key), value.scalar != nil { collector.add("'\(key)' is empty", at: value) }
            return nil
        }
        return text
    }
}
