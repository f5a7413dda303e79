import StrictJSON

/// Says for the values at one place of a facet how each is to be treated.
public struct Redaction: Sendable {
    /// The places of the values.
    public let pattern: AttributePattern
    /// From the object that holds the value; its siblings often say what the value is.
    public let treatment: @Sendable (_ holder: JSONObject, _ names: PropertyNames) -> Treatment

    /// Creates a redaction.
    public init(
        _ pattern: AttributePattern, treatment: @escaping @Sendable (JSONObject, PropertyNames) -> Treatment
    ) {
        self.pattern = pattern
        self.treatment = treatment
    }

    /// Every value there is secret.
    public static func secret(_ pattern: AttributePattern) -> Redaction {
        Redaction(pattern) { _, _ in .secret }
    }

    /// A secret unless it has a harmless form.
    static func secret(_ member: String, of holder: AttributePattern, unless form: ValueForm) -> Redaction {
        Redaction(holder.appending(.member(member))) { holder, _ in
            form.admits(holder[member] ?? .null) ? .plain : .secret
        }
    }
}
