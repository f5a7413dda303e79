/// A stretch of an environment's chain in which a description names an image.
public struct ImageStretch: Sendable, Hashable {
    public let environment: EnvironmentName
    public let resource: ResourceID
    public let image: ImageReference
    /// The entry that saw it first.
    public let since: Seq
    /// The entry from which on it is another, or gone; nil while it is the last that was seen.
    public let until: Seq?

    public init(environment: EnvironmentName, resource: ResourceID, image: ImageReference, since: Seq, until: Seq?) {
        self.environment = environment
        self.resource = resource
        self.image = image
        self.since = since
        self.until = until
    }

    public func contains(_ seq: Seq) -> Bool { since <= seq && until.map { seq < $0 } ?? true }
}
