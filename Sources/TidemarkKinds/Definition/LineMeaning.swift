/// The meaning of a fact's lines beyond their texts: a line may contain what a baseline states, as a wider rule of a security
/// group contains a narrower one.
public struct LineMeaning: Sendable {
    /// The mistake in a text that states nothing of the kind; nil for one that does.
    public let mistake: @Sendable (_ stated: String) -> String?
    /// The lines that contain what a text states, alone or together; nil if it states nothing of the kind.
    let containing: @Sendable (_ stated: String, inout FactReader) -> ContainingLines?

    /// Creates the meaning of a fact's lines.
    public init(
        mistake: @escaping @Sendable (_ stated: String) -> String?,
        containing: @escaping @Sendable (_ stated: String, inout FactReader) -> ContainingLines?
    ) {
        self.mistake = mistake
        self.containing = containing
    }
}
