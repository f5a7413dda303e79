import StrictJSON
import Tidemark
import TidemarkKinds

/// An index of resources by the values of attributes, so that an expectation does not compare every resource of its kind.
struct CandidateIndex {
    private struct Attribute: Hashable {
        let kind: Kind
        let path: AttributePath
    }

    /// A value, independent of its spelling in an expectation.
    private enum Key: Hashable {
        case text(String)
        case number(DecimalNumber)
        case bool(Bool)
    }

    private struct Table {
        var positions: [Key: [Int]] = [:]
        /// The resources without a certain key: the value is unseen, redacted, a list, or has several spellings.
        var others: [Int] = []
    }

    private var tables: [Attribute: Table] = [:]

    /// The resources that may meet the conditions, in the snapshot's order; all others do not meet them.
    mutating func candidates(for conditions: [Requirement], of kind: Kind, in snapshot: SnapshotView) -> [ResourceID] {
        let all = snapshot.resources(of: kind)
        for condition in conditions {
            guard let scalars = condition.expected.alternatives else { continue }
            let table = table(of: Attribute(kind: kind, path: condition.path), all, snapshot)
            let found = Set(scalars.flatMap(Self.keys).flatMap { table.positions[$0] ?? [] }).union(table.others)
            return found.sorted().map { all[$0] }
        }
        return all
    }

    private mutating func table(of attribute: Attribute, _ all: [ResourceID], _ snapshot: SnapshotView) -> Table {
        if let table = tables[attribute] { return table }
        var table = Table()
        for (place, resource) in all.enumerated() {
            switch snapshot.value(of: attribute.path, of: resource) {
            case .seen(let value) where value != Redacted.value:
                if let key = Self.key(of: value) { table.positions[key, default: []].append(place) }
                // In a policy document a text is a list of one.
                let isList = value.array != nil || value.object != nil
                if isList || value.string.map(Redacted.isPart) == true { table.others.append(place) }
            case .seen, .unseen: table.others.append(place)
            case .absent: break
            }
        }
        tables[attribute] = table
        return table
    }

    private static func key(of value: JSON) -> Key? {
        switch value {
        case .string(let text): .text(text)
        case .number(let number): DecimalNumber(number.lexeme).map(Key.number) ?? .text(number.lexeme)
        case .bool(let isTrue): .bool(isTrue)
        case .null, .array, .object: nil
        }
    }

    private static func keys(of scalar: ExpectedScalar) -> [Key] {
        let number = DecimalNumber(scalar.text).map { [Key.number($0)] } ?? []
        let bools = [true, false].filter { scalar.holds(of: .bool($0)) }.map(Key.bool)
        return scalar.spellings.map(Key.text) + number + bools
    }
}

extension Expected {
    /// The scalars of which one must be equal, if nothing else is expected.
    var alternatives: [ExpectedScalar]? {
        switch self {
        case .scalar(let scalar): return scalar.isNull ? nil : [scalar]
        case .operators(let operators):
            guard operators.count == 1, let parts = operators[0].definition.alternatives else { return nil }
            let scalars = parts.compactMap(\.alternatives)
            return scalars.count == parts.count ? scalars.flatMap(\.self) : nil
        case .template, .list, .map: return nil
        }
    }
}
