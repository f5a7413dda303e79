/// The value of an option.
enum INIValue: Sendable, Hashable {
    case text(String)
    /// An indented block of `name = value` below an option without a value: `s3 =`.
    case nested([String: String])

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}
