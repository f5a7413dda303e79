import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds
import Yams

/// Parses the waivers of a baseline.
struct WaiverReader {
    let kinds: KindRegistry
    let collector: MistakeCollector

    func read(_ node: Node, into part: inout BaselinePart) {
        guard let items = node.sequence else {
            collector.add("'waivers' must be a list, and this is \(node.noun)", at: node)
            return
        }
        for item in items {
            guard let waiver = waiver(item) else { continue }
            // A waiver replaces one of the same finding in an extended file.
            let isOwn = part.waivers.contains {
                $0.finding == waiver.finding && $0.position.file == waiver.position.file
            }
            if isOwn { collector.add("duplicate waiver of finding '\(waiver.finding)'", at: item) }
            part.waivers.removeAll { $0.finding == waiver.finding }
            part.waivers.append(waiver)
        }
    }

    private func waiver(_ node: Node) -> Waiver? {
        guard let map = YAMLMap(node, keys: WaiverKey.allCases.map(\.rawValue), what: "a waiver", collector) else {
            return nil
        }
        guard WaiverKey.accepted.contains(where: { map.value($0.rawValue) != nil }) else {
            collector.add(
                "the waiver does not say what it accepts (\(WaiverKey.accepted.map(\.rawValue).joined(separator: ", "))): "
                    + "remove it, and accept the finding again", at: node)
            return nil
        }
        let finding = text(.finding, map, "the id of a finding, such as 857ad0f75db4", FindingID.init)
        let until = text(.until, map, "a date such as 2026-12-31", Day.init)
        let (rule, owner, reason) = (required(.rule, map), required(.owner, map), required(.reason, map))
        let resource = optional(.resource, map, "a resource such as rds.db-instance/antenna-postgres", kinds.resource)
        let path = optional(.attribute, map, "an attribute") { AttributePath($0) }
        guard let acceptance = acceptance(map, at: node), let resource, let path else { return nil }
        guard let finding, let rule, let owner, let reason, let until else { return nil }
        return Waiver(
            finding: finding, rule: rule, resource: resource, path: path, acceptance: acceptance, owner: owner,
            reason: reason, until: until, position: collector.position(of: node))
    }

    // MARK: Texts

    private func required(_ key: WaiverKey, _ map: YAMLMap) -> String? {
        map.requiredText(key.rawValue, in: "a waiver")
    }

    /// - Parameter noun: What the text must be, for the message.
    private func text<Value>(
        _ key: WaiverKey, _ map: YAMLMap, _ noun: String, _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = required(key, map) else { return nil }
        let value = parse(text)
        if value == nil, let node = map.value(key.rawValue) {
            collector.add("'\(text.printable)' is not \(noun)", at: node)
        }
        return value
    }

    /// The parsed text of a key that may be absent; the outer optional is nil for a mistake.
    private func optional<Value>(
        _ key: WaiverKey, _ map: YAMLMap, _ noun: String, _ parse: (String) -> Value?
    ) -> Value?? {
        map.value(key.rawValue) == nil ? .some(nil) : text(key, map, noun, parse).map(Optional.some)
    }

    // MARK: The accepted part

    private func acceptance(_ map: YAMLMap, at node: Node) -> Waiver.Acceptance? {
        let sides = FindingElement.Side.allCases.filter { map.value($0.rawValue) != nil }
        if let side = sides.first, sides.count == 1 {
            guard let key = map.value(side.rawValue)?.json(collector) else { return nil }
            return acceptance(of: FindingElement(side, key), map)
        }
        guard sides.isEmpty else {
            collector.add("a waiver accepts 'missing' or 'unexpected', not both", at: node)
            return nil
        }
        return acceptance(of: nil, map)
    }

    private func acceptance(of element: FindingElement?, _ map: YAMLMap) -> Waiver.Acceptance? {
        guard let node = map.value(WaiverKey.value.rawValue) else {
            return element.map { Waiver.Acceptance(element: $0, value: .plain(.null)) }
        }
        if node.unquotedText == WaiverKey.any { return Waiver.Acceptance(element: element, value: nil) }
        return value(node).map { Waiver.Acceptance(element: element, value: $0) }
    }

    private func value(_ node: Node) -> FindingValue? {
        guard let json = node.json(collector) else { return nil }
        return FindingValue(waiver: json)
    }
}

/// The keys of a waiver, in the order in which they are written.
package enum WaiverKey: String, CaseIterable {
    case finding, rule, resource, attribute, missing, unexpected, value, owner, reason, until

    /// The value that means any.
    package static let any = "any"

    /// The keys of which one says what a waiver accepts.
    package static let accepted: [WaiverKey] = [.missing, .unexpected, .value]
}

extension FindingValue {
    private static let (fingerprint, key) = ("fingerprint", "key")

    /// The value as a waiver states it.
    init(waiver json: JSON) {
        if let object = json.object, object.members.count == 2, let code = json[Self.fingerprint]?.string,
            let key = json[Self.key]?.string
        {
            self = .fingerprint(key: key, code: code)
        } else {
            self = .plain(json.scalarsAsText)
        }
    }

    /// The value in a waiver. A value without a fingerprint cannot be stated.
    package var inWaiver: JSON? {
        switch self {
        case .plain(let value): value
        case .fingerprint(let key, let code): [Self.fingerprint: .string(code), Self.key: .string(key)]
        case .redacted: nil
        }
    }
}
