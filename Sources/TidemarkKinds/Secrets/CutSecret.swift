/// A secret that was removed from a description before it is stored: its location, and its bytes for the fingerprint.
public struct CutSecret: Sendable, Hashable {
    /// The path in the facet: `[aws:elasticbeanstalk:application:environment/DATABASE_URL].Value`. It contains no secret: its
    /// keys are those of the redacted elements.
    public let path: AttributePath
    /// The part of the value: `value` for all of it, or a part of a URL such as `query`.
    public let part: String
    package let bytes: [UInt8]

    /// The whole value, the parts of a URL, and the credentials in a header.
    static let parts = ["value", "user-info", "path", "query", "fragment", "credentials"]

    package init(path: AttributePath = AttributePath(), part: String, bytes: [UInt8]) {
        self.path = path
        self.part = part
        self.bytes = bytes
    }

    /// The same secret with a path from the container of the value.
    func within(_ step: AttributePath.Step) -> CutSecret {
        CutSecret(path: AttributePath([step] + path.steps), part: part, bytes: bytes)
    }
}
