/// The name of a text that is part of the program, as users write it: `shipped:antenna/documented`, a baseline, or
/// `shipped:antenna`, a list of plain names.
package enum ShippedName {
    private static let prefix = "shipped:"

    /// The name after `shipped:`; nil for any other text.
    package static func name(in text: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    /// `shipped:antenna` for `antenna`.
    package static func written(_ name: String) -> String { prefix + name }
}
