/// The user's name for a deployed system: `antenna-production`.
public struct EnvironmentName: Hashable, Sendable, CustomStringConvertible {
    /// The name as the user wrote it.
    public let rawValue: String

    /// The longest name, in characters.
    public static let maximumLength = 100

    /// Validates a name.
    /// - Throws: `Failure` with the code `invalid` for a name that is empty, too long, or has white space, invisible characters or a slash.
    public init(_ text: String) throws(Failure) {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0 != "/" && !$0.properties.isWhitespace
        }
        guard !text.isEmpty, text.count <= Self.maximumLength, isPlain, text.printable == text else {
            throw Failure(
                .invalid, "'\(text.printable)' cannot name an environment",
                why: "a name has 1 to \(Self.maximumLength) characters, without spaces and slashes",
                remedy: "choose one such as 'antenna-production'")
        }
        rawValue = text
    }

    /// The name as the user wrote it.
    public var description: String { rawValue }
}
