import StrictJSON
import Tidemark
import TidemarkKinds

extension BaselineEvaluator {
    /// Makes a finding.
    /// - Parameter value: The value that a waiver accepts, if it is not the difference's own.
    func finding(
        _ rule: Rule, _ resource: ResourceID?, _ path: AttributePath?, _ status: Finding.Status,
        element: FindingElement? = nil, value: FindingValue? = nil, note: String? = nil
    ) -> Finding {
        let id = FindingID(
            environment: snapshot.environment, rule: rule, resource: resource, path: path, element: element)
        let own = self.value(in: status, of: resource, at: path)
        // The key of an element determines its plain value, but no secret part.
        let value = value ?? (element == nil || own?.isSecret == true ? own : nil)
        let isRoutine = !rule.isOfMany && resource.map(snapshot.isReplacedRoutinely) == true
        return Finding(
            id, rule, resource, path, status, element: element, value: value, isRoutine: isRoutine, note: note)
    }

    private func value(in status: Finding.Status, of resource: ResourceID?, at path: AttributePath?) -> FindingValue? {
        switch status {
        case .unseen, .notChecked: nil
        case .drifted(.missing): .plain(.null)
        case .drifted(.changed(_, let actual)), .drifted(.unexpected(let actual)):
            actual.holdsRedacted ? fingerprint(of: resource, at: path) : .plain(actual.scalarsAsText)
        }
    }

    /// The fingerprint of a value with secret parts: that of all fingerprints at its path and below.
    private func fingerprint(of resource: ResourceID?, at path: AttributePath?) -> FindingValue {
        guard let resource, let path = path?.description, let key = snapshot.body.keyID else { return .redacted }
        let parts = snapshot.fingerprints(of: resource).compactMap { location, value -> JSON? in
            guard location.attribute.isAt(orBelow: path) else { return nil }
            return [.string(location.attribute), .string(location.part), .string(value.code)]
        }
        guard !parts.isEmpty else { return .redacted }
        return .fingerprint(key: key, code: ContentHash(of: .array(parts.sorted(byText: \.canonical))).abbreviated)
    }
}

extension Finding.Status {
    init(_ difference: Difference) {
        self = difference.incomparable.map(Finding.Status.unseen) ?? .drifted(Finding.Drifted(difference))
    }
}

extension Finding.Drifted {
    init(_ difference: Difference) {
        switch (difference.expected, difference.actual) {
        case (let expected?, nil): self = .missing(expected: expected)
        case (let expected?, let actual?) where !expected.isNull: self = .changed(expected: expected, actual: actual)
        case (_, let actual): self = .unexpected(actual: actual ?? .null)
        }
    }
}

extension String {
    /// Whether the text of a path is another path or leads to a part of its value.
    fileprivate func isAt(orBelow path: String) -> Bool {
        guard hasPrefix(path) else { return false }
        let next = dropFirst(path.count).first
        return next == nil || next == "." || next == "["
    }
}
