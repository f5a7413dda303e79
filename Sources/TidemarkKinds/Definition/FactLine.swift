import StrictJSON

/// A line of a fact that is a list.
public struct FactLine: Sendable {
    /// The line for people, which names resources by their labels.
    public let text: String
    /// The same line with identities in place of labels. A label changes when another resource gets the same name.
    public let key: String

    /// Creates a line. Without a key, the text is the key: it names no resource.
    public init(_ text: String, key: String? = nil) {
        self.text = text
        self.key = key ?? text
    }
}

extension FactDefinition {
    /// Creates the definition of a fact that is a list of lines.
    /// - Parameter meaning: The meaning of the lines; nil if they mean their texts.
    public init(
        _ name: String, _ summary: String, summarizing summarizedAttribute: String? = nil,
        lines: @escaping @Sendable (inout FactReader) -> [FactLine]?,
        meaning: LineMeaning? = nil
    ) {
        self.init(
            name, summary, shape: .list, summarizing: summarizedAttribute, lines: lines, meaning: meaning,
            compute: { lines(&$0).map { JSON($0.map(\.text)) } })
    }
}
