/// A text without the secrets of the URLs in it: `see https://REDACTED@host/path?REDACTED`.
///
/// Descriptions, tags, names and policies are free text, into which somebody may have copied a URL or a header. Redacted are:
/// - user names and passwords, with every character that RFC 3986 allows in them, also without a scheme (`user:pass@host`);
/// - the parameters of a query or a fragment, unless they are known to be harmless, also after a path alone
///   (`/health?token=…`);
/// - the path of a webhook, which is its password;
/// - the value of an `Authorization` header, and what follows `Bearer`.
///
/// A secret of any other form cannot be recognised in free text.
package struct RedactedText {
    package private(set) var text: String
    /// The removed secrets, one for each part of `CutSecret.parts`; those of several URLs are joined in the order of the text.
    package private(set) var secrets: [(part: String, text: String)] = []

    package init(_ text: String) {
        self.text = text
        guard Self.mayHoldSecret(text) else { return }
        redactCredentials()
        redactURLs()
        // A text that AWS already answers redacted hides nothing.
        secrets.removeAll { $0.text == Redacted.part }
        secrets = Self.joined(secrets)
    }

    /// Whether a text has any of the marks of what is redacted; most have none.
    private static func mayHoldSecret(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if "@?#".utf8.contains(byte) || byte == UInt8(ascii: "/") && "/\\".utf8.contains(last) { return true }
            last = byte
        }
        return mayHoldCredentials(text)
    }

    /// Compares bytes, since every text of every answer is checked. In ASCII a letter and its capital differ in one bit.
    private static func mayHoldCredentials(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.indices.contains { start in
            credentialMarks.contains { bytes[start...].lazy.map { $0 | 0x20 }.starts(with: $0) }
        }
    }

    private static let credentialMarks = ["authorization", "bearer"].map { Array($0.utf8) }

    private static func joined(_ secrets: [(part: String, text: String)]) -> [(part: String, text: String)] {
        let byPart = Dictionary(grouping: secrets, by: \.part)
        return byPart.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map(\.text).joined(separator: "\0")) }
    }

    // MARK: Headers

    /// Source of the header's form: RFC 9110 section 11.4, of the token's RFC 6750 section 2.1.
    private mutating func redactCredentials() {
        guard Self.mayHoldCredentials(text) else { return }
        let header = #/(?i)(authorization["'\\]*\s*[:=][\s"'\\]*(?:(?:basic|bearer|digest|token)\s+)?)([^\s][^\r\n]*)/#
        let bearer = #/(?i)(\bbearer\s+)([A-Za-z0-9._~+\/=\-]{16,})/#
        for regex in [header, bearer] {
            text.replace(regex.matchingSemantics(.unicodeScalar)) { match in
                secrets.append(("credentials", String(match.2)))
                return match.1 + Redacted.part
            }
        }
    }

    // MARK: URLs

    /// Works on bytes: every delimiter is ASCII, and a combining accent after one does not hide it.
    private mutating func redactURLs() {
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let end = bytes[index...].firstIndex(where: Self.isSpace) ?? bytes.endIndex
            let word = RedactedWord(bytes[index..<end])
            kept += word.kept
            secrets += word.secrets
            index = bytes[end...].firstIndex { !Self.isSpace($0) } ?? bytes.endIndex
            kept += bytes[end..<index]
        }
        text = String(decoding: kept, as: UTF8.self)
    }

    /// White space and control characters, which no URL holds.
    private static func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7F }
}
