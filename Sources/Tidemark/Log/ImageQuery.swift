/// What a user means by an image: `v10`, `antenna-backend:v10`, or `sha256:…` and as much of it as they have.
public enum ImageQuery: Sendable, Hashable {
    case tag(String, repository: String?)
    case digest(String)

    /// The fewest characters by which a digest may be named: `sha256:` and eight more.
    public static let shortestDigest = 15

    /// - Throws: `Failure` for a digest that is none, or too short to mean one.
    public init(_ text: String) throws(Failure) {
        if text.hasPrefix("sha256:") {
            let digits = text.dropFirst(7).lowercased()
            guard text.count >= Self.shortestDigest, digits.count <= 64, digits.allSatisfy(\.isHexDigit) else {
                throw Failure(
                    .invalid, "'\(text.printable)' is no digest",
                    remedy: "give 'sha256:' and at least 8 of its 64 hexadecimal digits")
            }
            self = .digest("sha256:\(digits)")
        } else if text.contains(":") {
            let name = ImageName(text)
            self = .tag(name.tag ?? text, repository: name.repository)
        } else {
            self = .tag(text, repository: nil)
        }
    }

    /// Just this image, by its bytes where they are known; nil for one that has neither digest nor tag.
    public init?(_ image: ImageReference) {
        if let digest = image.digest {
            self = .digest(digest)
        } else if let tag = image.tag {
            self = .tag(tag, repository: image.repository)
        } else {
            return nil
        }
    }

    /// Whether an image is meant; a repository may be named without its registry.
    public func matches(_ image: ImageReference) -> Bool {
        switch self {
        case .digest(let digest): return image.digest?.hasPrefix(digest) == true
        case .tag(let tag, let repository):
            guard image.tag?.isIdenticalText(to: tag) == true else { return false }
            return repository.map { image.isOf($0) } ?? true
        }
    }
}

extension ImageReference {
    /// Whether its repository is the one that is named, with or without its registry.
    public func isOf(_ repository: String) -> Bool {
        self.repository.isIdenticalText(to: repository) || self.repository.hasSuffix("/\(repository)")
    }
}
