import MessageDigests

extension EnvironmentName {
    /// The name in keys and paths, in which a name such as `..` would be a step. Two names that differ in a byte differ here too.
    package var percentEncoded: String { Self.percentEncoding(of: rawValue) }

    /// A text in which all bytes but ASCII letters, digits, `-` and `_` are percent-encoded.
    package static func percentEncoding(of text: String) -> String {
        text.utf8.map { kept.contains($0) ? String(Unicode.Scalar($0)) : percentEncoding(of: $0) }.joined()
    }

    /// A byte as `%` and two digits.
    package static func percentEncoding(of byte: UInt8) -> String { "%" + Hexadecimal.encode([byte]).uppercased() }

    private static let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
