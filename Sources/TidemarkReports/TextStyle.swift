/// The style of text for people: colored on a terminal, plain elsewhere.
public struct TextStyle: Sendable {
    /// Whether text has ANSI colors.
    public let isColored: Bool

    /// Creates a style.
    public init(isColored: Bool) { self.isColored = isColored }

    /// Text without colors.
    public static let plain = TextStyle(isColored: false)

    /// The ANSI colors in use; the raw value is the code of the foreground.
    enum Color: Int {
        case red = 31
        case green = 32
        case yellow = 33
    }

    func paint(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }
}
