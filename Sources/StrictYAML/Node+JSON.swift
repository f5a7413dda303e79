import StrictJSON
import Yams

extension Node {
    /// The value as JSON: a scalar as the text that was written, but for the truth values and the null of YAML 1.1 where
    /// they are not quoted; aliases and merged maps (`<<`) are expanded.
    ///
    /// Source: <https://yaml.org/type/bool.html> and <https://yaml.org/type/merge.html>.
    /// - Parameter collector: Counts the values; nil is returned once they are too many.
    package func json(_ collector: MistakeCollector) -> JSON? {
        guard collector.count(self) else { return nil }
        switch self {
        case .scalar(let scalar): return Self.json(scalar)
        case .sequence(let items):
            let values = items.map { $0.json(collector) }
            return values.contains(nil) ? nil : .array(values.compactMap(\.self))
        case .mapping(let mapping): return Self.json(mapping, collector)
        case .alias: return nil
        }
    }

    /// The text of a scalar without quotes; nil for any other node.
    package var unquotedText: String? {
        scalar.flatMap { $0.style == .plain || $0.style == .any ? $0.string : nil }
    }

    private static func json(_ scalar: Node.Scalar) -> JSON {
        // A custom tag such as `!Ref` gives the text another meaning.
        let tag = scalar.tag.description
        if tag.hasPrefix("!"), !tag.hasPrefix("!!"), tag.count > 1 {
            return [tag.dropFirst().description: .string(scalar.string)]
        }
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        if truths.contains(scalar.string) { return true }
        if falsehoods.contains(scalar.string) { return false }
        return nullSpellings.contains(scalar.string) ? .null : .string(scalar.string)
    }

    /// The unquoted texts that mean null in YAML 1.1: <https://yaml.org/type/null.html>.
    package static let nullSpellings: Set = ["", "~", "null", "Null", "NULL"]
    private static let truths: Set = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"]
    private static let falsehoods: Set = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"]

    private static func json(_ mapping: Node.Mapping, _ collector: MistakeCollector) -> JSON? {
        var (own, merged): ([(String, JSON)], [(String, JSON)]) = ([], [])
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let json = value.json(collector) else { return nil }
            if name == "<<", let maps = json.array ?? json.object.map({ [.object($0)] }) {
                // The first of several maps takes precedence.
                merged = maps.reversed().flatMap { $0.object?.members ?? [] }.map { ($0.key, $0.value) }
            } else {
                own.append((name, json))
            }
        }
        return .object(JSONObject(merged + own))
    }
}
