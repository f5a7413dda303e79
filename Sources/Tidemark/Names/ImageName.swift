/// The name of a container image: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend:v10`.
///
/// Source of the grammar: <https://pkg.go.dev/github.com/distribution/reference>.
package struct ImageName: Hashable, Sendable {
    /// The repository with its registry, if the name has one: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend`, `redis`.
    package let repository: String
    /// The tag; `latest` if the name has neither a tag nor a digest.
    package let tag: String?
    /// `sha256:…`, if the image is pinned.
    package let digest: String?

    /// Parses a name; any text is one.
    package init(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        digest = parts.count > 1 ? String(parts[1]) : nil
        let name = parts.first ?? ""
        // A colon before the last slash belongs to a registry's port.
        let start = name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex
        if let colon = name[start...].firstIndex(of: ":") {
            repository = String(name[..<colon])
            tag = String(name[name.index(after: colon)...])
        } else {
            repository = String(name)
            tag = digest == nil ? "latest" : nil
        }
    }
}
