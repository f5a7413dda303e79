/// The user's name for a deployed system: `antenna-production`. Two names are the same if their bytes are: what Unicode calls
/// equivalent has two chains.
public struct EnvironmentName: Hashable, Sendable, CustomStringConvertible {
    /// The name as the user wrote it.
    public let rawValue: String

    /// The longest name, in characters.
    public static let maximumLength = 100

    /// Validates a name.
    /// - Throws: `Failure` with the code `invalid` for a name that is empty, too long, or has white space, invisible characters or a slash.
    public init(_ text: String) throws(Failure) {
        guard !text.isEmpty, text.utf8.allSatisfy(Self.isPlain) || Self.isPlain(text), text.count <= Self.maximumLength
        else {
            throw Failure(
                .invalid, "'\(text.printable)' cannot name an environment",
                why: "a name has 1 to \(Self.maximumLength) characters, without spaces and slashes",
                remedy: "choose one such as 'antenna-production'")
        }
        rawValue = text
    }

    /// Whether a byte is a character that a name can have, as nearly all characters of names are.
    private static func isPlain(_ byte: UInt8) -> Bool { 0x21..<0x7F ~= byte && byte != UInt8(ascii: "/") }

    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0 != "/" && !$0.properties.isWhitespace } && text.printable == text
    }

    /// Compares the bytes.
    public static func == (left: EnvironmentName, right: EnvironmentName) -> Bool {
        left.rawValue.isIdenticalText(to: right.rawValue)
    }

    /// The name as the user wrote it.
    public var description: String { rawValue }
}
