/// A stretch of an environment's chain in which a description names an image.
package struct ImageStretch: Sendable, Hashable {
    package let environment: EnvironmentName
    package let resource: ResourceID
    package let image: ImageReference
    /// The first entry of the stretch.
    package let since: Seq
    /// The entry from which on the description names another image or is gone; nil if the stretch has not ended.
    package let until: Seq?

    package init(environment: EnvironmentName, resource: ResourceID, image: ImageReference, since: Seq, until: Seq?) {
        self.environment = environment
        self.resource = resource
        self.image = image
        self.since = since
        self.until = until
    }

    package func contains(_ seq: Seq) -> Bool { since <= seq && until.map { seq < $0 } ?? true }
}
