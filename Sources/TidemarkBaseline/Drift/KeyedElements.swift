import StrictJSON
import TidemarkKinds

/// The elements of a keyed list that state their key as plain text, with the values of those keys.
///
/// A key that occurs twice on one side distinguishes nothing: its elements are among the others.
struct KeyedElements {
    private(set) var pairs: [(key: String, expected: Expected, value: JSON)] = []
    private(set) var missing: [(key: String, expected: Expected)] = []
    /// The elements without a key, and the values that no element names.
    private(set) var others: [Expected] = []
    private(set) var otherValues: [JSON]

    private let rule: ListRule?
    /// The keys that occur twice on one side.
    private let ambiguous: Set<String>

    init(_ elements: [Expected], _ values: [JSON], by rule: ListRule?) {
        self.rule = rule
        ambiguous = Set(elements.compactMap { rule?.plainKey(of: $0) }.repeated)
            .union(values.compactMap { rule?.key(of: $0) }.repeated)
        otherValues = values
        for element in elements {
            guard let key = rule?.plainKey(of: element), !ambiguous.contains(key) else {
                others.append(element)
                continue
            }
            if let index = otherValues.firstIndex(where: { self.key(of: $0) == key }) {
                pairs.append((key, element, otherValues.remove(at: index)))
            } else {
                missing.append((key, element))
            }
        }
    }

    /// The key by which a value is known; nil for one without.
    func key(of value: JSON) -> String? {
        rule?.key(of: value).flatMap { ambiguous.contains($0) ? nil : $0 }
    }
}

extension ListRule {
    /// The key that an expected element states; nil unless every member of the key is a plain text in it.
    fileprivate func plainKey(of expected: Expected) -> String? {
        guard case .keyed(let names) = self, case .map(let members) = expected else { return nil }
        let stated = names.compactMap { name -> (String, JSON)? in
            let path = AttributePath([.member(name.name)])
            return members.first { $0.path == path }?.expected.plainText.map { (name.name, $0) }
        }
        return stated.count == names.count ? key(of: .object(JSONObject(stated))) : nil
    }
}

extension [String] {
    /// The texts that occur more than once.
    fileprivate var repeated: [String] {
        Dictionary(map { ($0, 1) }, uniquingKeysWith: +).filter { $0.value > 1 }.map(\.key)
    }
}
