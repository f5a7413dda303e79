/// Finds the code of an error in a document that cannot be parsed because it is damaged or truncated.
///
/// Without its code a throttled call would not be repeated, and a denied one would not be reported as denied. Other
/// codes are ignored, since some say that a resource does not exist, and damage must not say that. The message is
/// ignored: its references are not resolved here, and a credential could be hidden in them.
enum DamagedError {
    /// The length of the prefix to search. An error is short, so a code further back belongs to something else.
    private static let searchedBytes = 1 << 16
    private static let longestCode = 128

    /// The error whose code is the text of the first `<Code>` after `<Error>`.
    static func error(inXML response: HTTPResponse) -> ServiceError? {
        guard let code = code(inXML: response.body), isTrusted(code) else { return nil }
        return ServiceError(code: code, message: "")
    }

    /// Whether the code is about the call alone: throttled, denied, a wrong time.
    static func isTrusted(_ code: String) -> Bool { AWSError.Reason(code: code, status: 400) != .rejected }

    private static func code(inXML body: [UInt8]) -> String? {
        let text = searched(body)
        guard let error = text.firstRange(of: "<Error".utf8),
            let start = text[error.upperBound...].firstRange(of: "<Code>".utf8)?.upperBound,
            let end = text[start...].firstIndex(of: UInt8(ascii: "<"))
        else { return nil }
        return code(text[start..<end])
    }

    /// The first string value of `__type`.
    static func type(inJSON body: [UInt8]) -> String? {
        let text = searched(body)
        guard let name = text.firstRange(of: "\"__type\"".utf8)?.upperBound else { return nil }
        let rest = text[name...].drop { $0.isWhiteSpace }
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let value = rest.dropFirst().drop { $0.isWhiteSpace }
        guard value.first == UInt8(ascii: "\""), let end = value.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else {
            return nil
        }
        return String(validating: value[..<end].dropFirst(), as: UTF8.self)
    }

    private static func searched(_ body: [UInt8]) -> ArraySlice<UInt8> { body.prefix(searchedBytes) }

    /// The code, or nil if the text is too long for a code or has characters that no code has.
    static func code(_ text: some BidirectionalCollection<UInt8>) -> String? {
        let code = text.drop { $0.isWhiteSpace }.reversed().drop { $0.isWhiteSpace }.reversed()
        guard (1...longestCode).contains(code.count), code.allSatisfy(\.isCodeByte) else { return nil }
        return String(decoding: code, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    fileprivate var isCodeByte: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
