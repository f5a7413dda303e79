import StrictJSON

/// The treatment of the values at one place of a facet.
public struct Redaction: Sendable {
    /// The places of the values.
    public let pattern: AttributePattern
    /// Decides by the object that contains the value: its other members often show what the value is.
    public let treatment: @Sendable (_ holder: JSONObject, _ names: PropertyNames) -> Treatment

    /// Creates a redaction.
    public init(
        _ pattern: AttributePattern, treatment: @escaping @Sendable (JSONObject, PropertyNames) -> Treatment
    ) {
        self.pattern = pattern
        self.treatment = treatment
    }

    /// Redacts every value at a place.
    public static func secret(_ pattern: AttributePattern) -> Redaction {
        Redaction(pattern) { _, _ in .secret }
    }

    /// Redacts a member unless its value has a harmless form.
    static func secret(_ member: String, of holder: AttributePattern, unless form: ValueForm) -> Redaction {
        Redaction(holder.appending(.member(member))) { holder, _ in
            form.admits(holder[member] ?? .null) ? .plain : .secret
        }
    }
}
