import StrictJSON

/// What a kind's facets say about the running set, beside the images that containers run.
public enum RunningPart: Sendable {
    /// The description has Elastic Beanstalk's version label.
    case version(@Sendable (_ description: JSON) -> String?)
    /// The description has a host's platform in OCI's names: `linux/amd64`.
    case platform(@Sendable (_ description: JSON) -> String?)
    /// The facets have parts of an image's manifest.
    case manifest(@Sendable (_ facet: FacetID, _ content: JSON) -> ManifestPart?)
}

/// A part of a manifest, with the manifest's digest.
public struct ManifestPart: Hashable, Sendable {
    /// The digest of the manifest: `sha256:…`.
    public let digest: String
    /// The part.
    public let content: Content

    /// Creates a part of a manifest.
    public init(digest: String, _ content: Content) {
        self.digest = digest
        self.content = content
    }

    /// What a part of a manifest says.
    public enum Content: Hashable, Sendable {
        /// It is an image with this config.
        case image(config: String)
        /// Its config is for this platform, `linux/amd64`, and was built from this commit, if its builder labelled it.
        case config(platform: String?, revision: String?)
        /// It is an index of images.
        case index([Child])
    }

    /// An image in an index.
    public struct Child: Hashable, Sendable {
        /// The platform: `linux/amd64`.
        public let platform: String
        /// The digest of the image's manifest.
        public let digest: String

        /// Creates an image in an index.
        public init(platform: String, digest: String) {
            self.platform = platform
            self.digest = digest
        }
    }
}
