import StrictJSON

extension JSON {
    /// Whether a bucket's policy has one statement that denies everybody all of a rule, under no other condition.
    ///
    /// Source: "IAM JSON policy elements reference": actions are compared without regard to case; `*` and `?` are wildcards in
    /// actions and resources.
    func denies(_ rule: AppendOnlyRule, _ policies: BucketPolicies) -> Bool {
        let statements = self["Statement"].map { $0.array ?? [$0] } ?? []
        return rule.actions.allSatisfy { action in
            statements.contains { $0.isDenial(of: action, on: rule.resource(policies), under: rule.condition) }
        }
    }

    private func isDenial(of action: String, on resource: String, under condition: JSON?) -> Bool {
        self["Effect"]?.string == "Deny" && isAboutEverybody && isUnder(condition)
            && texts("Action").contains { $0.lowercased().matches(action.lowercased()) }
            && texts("Resource").contains { $0.matches(resource) }
    }

    private var isAboutEverybody: Bool {
        self["Principal"]?.string == "*" || self["Principal"]?["AWS"].map { ($0.array ?? [$0]).contains("*") } ?? false
    }

    /// Whether the statement holds without a condition, or under the expected one.
    private func isUnder(_ condition: JSON?) -> Bool {
        guard let own = self["Condition"] else { return true }
        guard let condition else { return false }
        // A policy may write `true` as a truth value, as a text or as a list of one.
        let value = own["Null"]?["s3:if-none-match"].map { $0.array?.first ?? $0 }
        return own.object?.count == 1 && own["Null"]?.object?.count == 1 && (value == true || value == "true")
            && condition["Null"] != nil
    }

    private func texts(_ key: String) -> [String] { self[key].map { ($0.array ?? [$0]).compactMap(\.string) } ?? [] }
}

extension String {
    /// Whether the text as a pattern with `*` and `?` covers another one, whose own `*` stands for any text.
    fileprivate func matches(_ text: String) -> Bool {
        let (pattern, text) = (Array(utf8), Array(text.utf8))
        var (index, position) = (0, 0)
        var retry: (index: Int, position: Int)?
        while position < text.count {
            let isStar = index < pattern.count && pattern[index] == UInt8(ascii: "*")
            if isStar {
                retry = (index, position)
                index += 1
            } else if index < pattern.count, covers(pattern[index], text[position]) {
                index += 1
                position += 1
            } else if let last = retry {
                retry = (last.index, last.position + 1)
                (index, position) = (last.index + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Whether a byte of a pattern covers one of a text. A `?` covers one character, and `*` of the text stands for many.
    private func covers(_ pattern: UInt8, _ text: UInt8) -> Bool {
        pattern == text || pattern == UInt8(ascii: "?") && text != UInt8(ascii: "*")
    }
}
