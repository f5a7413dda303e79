import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds
import Yams

/// Parses the rules of a baseline other than its expectations: `unexpected`, `releases`, `history`, `rules`, `not-followed`.
struct RuleReader {
    let kinds: KindRegistry
    let collector: MistakeCollector

    func read(_ map: YAMLMap, into part: inout BaselinePart) {
        if let node = map.value("unexpected") { readUnexpected(node, into: &part) }
        if let node = map.value("releases") { part.releases = readReleases(node, over: part.releases) }
        if let node = map.value("history") { part.history = readHistory(node, over: part.history) }
        if let node = map.value("rules") { readBuiltIn(node, into: &part) }
        if let node = map.value("not-followed") { readNotFollowed(node, into: &part) }
        if let node = map.value("waivers") {
            WaiverReader(kinds: kinds, collector: collector).read(node, into: &part)
        }
    }

    // MARK: Unexpected

    /// Parses a list of kinds, or a map from kinds to severities; `ignore` removes a kind that an extended file names.
    private func readUnexpected(_ node: Node, into part: inout BaselinePart) {
        var pairs: [(Node, Node?)] = []
        if let items = node.sequence {
            pairs = items.map { ($0, nil) }
        } else if let mapping = node.mapping {
            pairs = mapping.map { ($0.key, $0.value) }
        } else {
            collector.add("'unexpected' must be a list of kinds or a map of them, and this is \(node.noun)", at: node)
        }
        var kindsSoFar: Set<Kind> = []
        for (key, value) in pairs {
            guard let kind = kinds.definition(named: key.scalar?.string ?? "", at: key, collector)?.kind else {
                continue
            }
            if !kindsSoFar.insert(kind).inserted { collector.add("duplicate kind '\(kind)'", at: key) }
            part.unexpected.removeAll { $0.kind == kind }
            if value?.scalar?.string == "ignore" { continue }
            guard let severity = value.map({ Severity($0, "'\(kind)'", or: ["ignore"], collector) }) ?? .error else {
                continue
            }
            part.unexpected.append(
                UnexpectedRule(
                    kind: kind, info: RuleInfo(severity: severity, position: collector.position(of: key))))
        }
    }

    // MARK: Built-in rules

    /// Parses a map from names of built-in rules to severities; `off` turns a rule off. It overrides an extended file's.
    private func readBuiltIn(_ node: Node, into part: inout BaselinePart) {
        guard let map = YAMLMap(node, keys: BuiltInRule.names, what: "'rules'", collector) else { return }
        for name in BuiltInRule.names {
            guard let value = map.value(name) else { continue }
            let isOff = value.scalar?.string == Self.off
            let severity = isOff ? nil : Severity(value, "'\(name)'", or: [Self.off], collector)
            guard isOff || severity != nil else { continue }
            part.settings[name] = BuiltInRuleSetting(severity: severity, position: collector.position(of: value))
        }
    }

    private static let off = "off"

    // MARK: Releases

    private func readReleases(_ node: Node, over base: ReleaseRules?) -> ReleaseRules? {
        let members = ReleaseRules.Member.allCases.map(\.rawValue)
        let others = RuleInfo.keys
        guard let map = YAMLMap(node, keys: members + others, what: "'releases'", collector) else { return base }
        let own = members.compactMap { name -> Requirement? in
            guard let value = map.value(name), let expected = requirement(value) else { return nil }
            return Requirement(
                path: AttributePath([.member(name)]), expected: expected, position: collector.position(of: value))
        }
        if base == nil, node.mapping?.keys.allSatisfy({ others.contains($0.string ?? "") }) == true {
            collector.add("'releases' requires nothing: it takes \(members.joined(separator: ", "))", at: node)
        }
        return ReleaseRules(
            requirements: (base?.requirements ?? []).overridden(by: own),
            info: RuleInfo(map, over: base?.info, at: node, collector))
    }

    /// Parses `required`, or an expected text.
    private func requirement(_ node: Node) -> Expected? {
        if node.scalar?.string == "required" { return .operators([.present(true)]) }
        let expected = ExpectedReader(collector: collector).read(node)
        switch expected {
        case .scalar?, .operators?: break
        case .template?, .list?, .map?:
            collector.add("a requirement of a release is 'required', a text or operators", at: node)
            return nil
        case nil: return nil
        }
        return expected
    }

    // MARK: The history

    private func readHistory(_ node: Node, over base: HistoryRules?) -> HistoryRules? {
        let keys = ["environments"] + RuleInfo.keys
        guard let map = YAMLMap(node, keys: keys, what: "'history'", collector) else { return base }
        let environments = map.value("environments").map(readEnvironments) ?? base?.environments
        guard let environments else {
            collector.add("'history' requires nothing: it takes environments", at: node)
            return base
        }
        return HistoryRules(
            environments: environments, info: RuleInfo(map, over: base?.info, at: node, collector))
    }

    private func readEnvironments(_ node: Node) -> [EnvironmentName] {
        guard let items = node.sequence, !items.isEmpty else {
            collector.add(
                "'environments' must be a list of names, and this is \(node.sequence == nil ? node.noun : "empty")",
                at: node)
            return []
        }
        return items.compactMap { item in
            do {
                return try EnvironmentName(item.scalar?.string ?? "")
            } catch {
                collector.add("\(error)", at: item)
                return nil
            }
        }
    }
}

extension Severity {
    /// Parses a severity; any other text is a mistake.
    /// - Parameter others: Other valid texts, for the message.
    init?(_ node: Node, _ what: String, or others: [String] = [], _ collector: MistakeCollector) {
        let text = node.scalar?.string ?? ""
        if let severity = Severity(rawValue: text) {
            self = severity
            return
        }
        let known = Self.allCases.map(\.rawValue) + others
        let fault = node.scalar == nil ? node.noun : "'\(text.printable)'"
        collector.add("\(what) takes \(known.joined(separator: ", ")), and this is \(fault)", at: node)
        return nil
    }
}

extension YAMLMap {
    /// The severity that the map states; nil if it states none.
    func severity() -> Severity? { value("severity").flatMap { Severity($0, "'severity'", collector) } }
}
