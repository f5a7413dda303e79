import StrictJSON

/// The form of the harmless values of a member. A value of another form may be a secret.
indirect enum ValueForm: Sendable {
    /// `true` or `false`, also as a text.
    case truth
    /// A number, also as a text.
    case number
    /// A name, a path or an ARN: letters, digits and `._/:-`.
    case name
    /// The name of an image; no one signs in with it.
    case image
    /// Any text, number or boolean; its redaction decides.
    case text
    case list(ValueForm)
    /// Any object; its members are checked separately.
    case objectOfAny
    /// An object with no other members.
    case object([String: ValueForm])
    /// Any value; its redaction decides.
    case any

    func admits(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.any, _), (_, .null): true
        case (.truth, .bool): true
        case (.truth, .string(let text)): ["true", "false"].contains(text)
        case (.number, .number): true
        case (.number, .string(let text)): text.utf8.count <= 20 && text.utf8.allSatisfy(Self.isDigit)
        case (.text, .string), (.text, .number), (.text, .bool), (.objectOfAny, .object): true
        case (.name, .number), (.name, .bool): true
        case (.name, .string(let text)): Self.isName(text)
        case (.image, .string(let text)): Self.isImage(text)
        case (.list(let form), .array(let values)): values.allSatisfy(form.admits)
        case (.object(let forms), .object(let object)):
            object.members.allSatisfy { key, value in forms[key]?.admits(value) ?? false }
        default: false
        }
    }

    /// The mode of a file begins with zeros, so it is not a JSON number.
    private static func isDigit(_ byte: UInt8) -> Bool { "0123456789.-".utf8.contains(byte) }

    private static func isName(_ text: String) -> Bool {
        text.utf8.count <= 512 && text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: ":") }
    }

    /// The text after an `@` is a digest, and the text before it cannot be a user of a registry.
    private static func isImage(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { isName(String($0)) }
            && (parts.count == 1 || parts[1].hasPrefix("sha256:"))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "._/-".utf8.contains(byte)
        }
    }
}

extension JSONObject {
    /// The members that have their form, and all others under `Other`, each with its name, to be redacted there.
    func restricted(to forms: [String: ValueForm]) -> JSONObject {
        let others = members.filter { forms[$0.key]?.admits($0.value) != true }
        var kept = JSONObject(members.filter { forms[$0.key]?.admits($0.value) == true }.map { ($0.key, $0.value) })
        if !others.isEmpty {
            kept["Other"] = .array(others.map { ["Name": .string($0.key), "Value": $0.value] })
        }
        return kept
    }
}
