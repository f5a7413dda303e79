import StrictJSON

/// How a value is not what was expected.
struct Difference {
    let path: AttributePath
    let expected: JSON
    let actual: JSON?
    /// In a list: what should be there and is not, and what is there and should not be.
    var missing: [JSON] = []
    var extra: [JSON] = []
    /// Whether nothing can be said, because it depends on what was redacted.
    var isRedacted = false
}
