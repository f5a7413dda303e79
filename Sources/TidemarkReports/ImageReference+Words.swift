import StrictJSON
import Tidemark

extension ImageReference {
    /// `antenna-backend:v10 (sha256:1f2e3d4c5b6a)`.
    var inWords: String {
        guard tag != nil, let digest else { return name.printable }
        return "\(name.printable) (\(digest.abbreviatedDigest))"
    }
}

extension String {
    /// The first 19 characters of a digest, which `who` takes too.
    var abbreviatedDigest: String { String(prefix(19)).printable }
}
