import MessageDigests
import StrictJSON

/// 128 random bits: the id of a log, or of one run of a command.
public struct RandomID: Hashable, Sendable, CustomStringConvertible {
    /// 32 lower-case hexadecimal digits.
    public let description: String

    private static let byteCount = 16

    /// Draws an id.
    public init(using generator: inout some RandomNumberGenerator) {
        description = Hexadecimal.encode(
            (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// Draws an id from the system's random numbers.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    /// Parses an id; nil unless it is 32 lower-case hexadecimal digits.
    public init?(_ text: String) {
        guard let bytes = Hexadecimal.decode(text), bytes.count == Self.byteCount else { return nil }
        description = text
    }

    package var json: JSON { .string(description) }
}
