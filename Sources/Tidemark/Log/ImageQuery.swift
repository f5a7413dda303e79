/// A user's query for an image: `v10`, `antenna-backend:v10`, or the beginning of a digest, `sha256:…`.
package enum ImageQuery: Sendable, Hashable {
    case tag(String, repository: String?)
    case digest(String)

    /// The shortest beginning of a digest, in characters: `sha256:` and eight digits.
    package static let shortestDigest = 15

    /// Parses a query; any text without a colon is a tag.
    /// - Throws: `Failure` with the code `invalid` for a digest that is too short, or not one.
    package init(_ text: String) throws(Failure) {
        if text.hasPrefix("sha256:") {
            let digits = text.dropFirst(7).lowercased()
            guard text.count >= Self.shortestDigest, digits.count <= 64, digits.allSatisfy(\.isHexDigit) else {
                throw Failure(
                    .invalid, "'\(text.printable)' is not a digest",
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

    /// The query that matches this image alone, by its digest if that is known; nil for an image without digest and tag.
    package init?(_ image: ImageReference) {
        if let digest = image.digest {
            self = .digest(digest)
        } else if let tag = image.tag {
            self = .tag(tag, repository: image.repository)
        } else {
            return nil
        }
    }

    /// Whether an image matches; the query may name a repository without its registry.
    package func matches(_ image: ImageReference) -> Bool {
        switch self {
        case .digest(let digest): return image.digest?.hasPrefix(digest) == true
        case .tag(let tag, let repository):
            guard image.tag?.isIdenticalText(to: tag) == true else { return false }
            return repository.map { image.isIn(repository: $0) } ?? true
        }
    }
}

extension ImageReference {
    /// Whether a text, with or without a registry, names the image's repository.
    package func isIn(repository: String) -> Bool {
        self.repository.isIdenticalText(to: repository) || self.repository.hasSuffix("/\(repository)")
    }
}
