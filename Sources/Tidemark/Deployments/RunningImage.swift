/// An image that a container runs, with what distinguishes its bytes from others.
public struct RunningImage: Hashable, Sendable {
    /// The container: `django`, or `oneoff/django` for one whose task definition is not Elastic Beanstalk's.
    public let container: String
    /// The image as the task definition names it, with the digest that runs.
    public let image: ImageReference
    /// The digest of the image's config for the host's platform, `sha256:…`; nil if it is not known.
    ///
    /// It covers the uncompressed layers: another attestation, annotation, compression or index leaves it as it is.
    /// Source: <https://github.com/opencontainers/image-spec/blob/main/config.md>.
    public let config: String?

    /// Creates a running image.
    public init(container: String, image: ImageReference, config: String? = nil) {
        self.container = container
        self.image = image
        self.config = config
    }

    /// Whether two containers run the same bytes; nil if the digests differ and a config is not known.
    public func isSameImage(as other: RunningImage) -> Bool? {
        guard let digest = image.digest, let otherDigest = other.image.digest else {
            return image.digest == other.image.digest && image == other.image
        }
        if digest == otherDigest { return true }
        guard let config, let otherConfig = other.config else { return nil }
        return config == otherConfig
    }
}
