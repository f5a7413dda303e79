import StrictJSON
import Tidemark

extension JSON {
    /// A value to which no redaction applies, without the secrets that any text may hold.
    package var withoutSecretsInTexts: JSON {
        let normalization = Normalization(volatile: [], lists: [:])
        return Redactor(redactions: [], normalization: normalization, names: PropertyNames()).redact(self).stored
    }
}

/// Removes the secrets of one facet.
///
/// Without a redaction, a text loses the secrets of its URLs (`RedactedText`), whether it is a value or a key.
struct Redactor {
    let redactions: [Redaction]
    let normalization: Normalization
    let names: PropertyNames

    /// The keys of conditions on headers. A policy that compares one admits everyone who knows the header's value, which is a
    /// shared secret. IAM compares these keys without case.
    ///
    /// Source: "aws:Referer" and "aws:UserAgent" in
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>.
    private static let headers = ["aws:referer", "aws:useragent"]

    func redact(_ value: JSON, at pattern: AttributePattern = AttributePattern()) -> RedactedValue {
        switch value {
        case .object(let object): redact(object, at: pattern)
        case .array(let values): redact(values, at: pattern)
        case .string(let text): .text(text)
        case .null, .bool, .number: RedactedValue(stored: value)
        }
    }

    // MARK: Maps

    private func redact(_ object: JSONObject, at pattern: AttributePattern) -> RedactedValue {
        // What changes by itself is not stored, and its secrets have no fingerprint.
        let members = object.members.filter {
            !normalization.volatile.contains(pattern.appending(.member($0.key)))
        }
        let keys = members.map { RedactedValue.text($0.key) }
        let values = members.map { redact($0, of: object, at: pattern) }
        let names = addresses(of: values, keys: keys.map { $0.stored.string ?? "" }, at: pattern)
        let secrets = names.indices.flatMap { index in
            (keys[index].secrets + values[index].secrets).map { $0.within(.member(names[index])) }
        }
        return RedactedValue(
            stored: .object(JSONObject(zip(names, values.map(\.stored)).map { ($0, $1) })), secrets: secrets)
    }

    private func redact(_ member: JSONObject.Member, of holder: JSONObject, at pattern: AttributePattern)
        -> RedactedValue
    {
        let pattern = pattern.appending(.member(member.key))
        if Self.headers.contains(member.key.lowercased()) { return .whole(member.value) }
        let redaction = redactions.first { $0.pattern == pattern }
        switch redaction?.treatment(holder, names) ?? .plain {
        case .plain: return redact(member.value, at: pattern)
        case .secret: return .whole(member.value)
        case .url: return .url(member.value)
        case .path: return .path(member.value)
        // AWS signs it anew each time, so that a fingerprint would always be another one.
        case .presignedURL: return RedactedValue(stored: RedactedValue.url(member.value).stored)
        }
    }

    // MARK: Lists

    private func redact(_ values: [JSON], at pattern: AttributePattern) -> RedactedValue {
        let rule = normalization.lists[pattern]
        let elements = values.map { redact($0, at: pattern.appending(.elements)) }
        let addresses =
            rule == .ordered
            ? values.indices.map(String.init)
            : addresses(
                of: elements, keys: elements.map { rule?.key(of: $0.stored) }, at: pattern.appending(.elements))
        let secrets = zip(elements, addresses).flatMap { element, address in
            element.secrets.map { $0.within(.key(address)) }
        }
        return RedactedValue(stored: .array(elements.map(\.stored)), secrets: secrets)
    }

    /// The addresses of some values after redaction: their keys; without a key, or if several values share it, a hash of the
    /// redacted value. An address reveals nothing about a secret and does not depend on AWS's order; values that differ
    /// only in their secrets share one.
    private func addresses(
        of values: [RedactedValue], keys: [String?], at pattern: AttributePattern
    ) -> [String] {
        let counts = Dictionary(keys.compactMap { $0.map { (JSON.string($0), 1) } }, uniquingKeysWith: +)
        return zip(values, keys).map { value, key in
            if let key, counts[.string(key)] == 1 { return key }
            let stored = normalization.apply(to: value.stored, at: pattern)
            return [key, ContentHash(of: stored).abbreviated].compactMap(\.self).joined(separator: "#")
        }
    }
}
