import AWSShapes
import StrictJSON

/// Decodes the text of an element by its type.
enum XMLScalar {
    /// The value, or nil for a text that is not of that type.
    static func value(_ text: String, _ type: WireType) -> JSON? {
        switch type {
        case .string, .blob: .string(text)
        case .integer: integer(text)
        case .float: float(text)
        // Like botocore: every text but `true` is false.
        case .boolean: .bool(text == "true")
        case .timestamp: UTCTime(parsing: text).map { .string($0.description) }
        case .policy: policy(text)
        case .shape: nil
        }
    }

    private static func integer(_ text: String) -> JSON? {
        let text = trimmed(text)
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            // `+5`, which Python's int() accepts.
            return Int64(text).map { JSON($0) }
        }
        if let number = JSONNumber(text) { return .number(number) }
        // Leading zeros.
        return Int64(text).map { JSON($0) }
    }

    /// The number as AWS spelled it. Infinity and NaN, which JSON lacks, become strings.
    private static func float(_ text: String) -> JSON? {
        let text = trimmed(text)
        if let number = JSONNumber(text) { return .number(number) }
        guard let value = Double(text) else { return nil }
        return JSONNumber(value.description).map(JSON.number) ?? .string(text)
    }

    /// The policy document, decoded as boto3 does; a text that is not URL-encoded JSON stays as it is.
    private static func policy(_ text: String) -> JSON {
        (try? JSON(lenient: PercentEncoding.decode(text))) ?? .string(text)
    }

    private static func trimmed(_ text: String) -> String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let start = text.utf8.drop(while: isSpace)
        let end = start.reversed().drop(while: isSpace).count
        return String(Substring(start.prefix(end)))
    }
}
