/// The name of a container image: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend:v10`.
///
/// Source of the grammar: <https://pkg.go.dev/github.com/distribution/reference>.
public struct ImageName: Hashable, Sendable {
    /// With its registry where it has one: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend`, `redis`.
    public let repository: String
    /// `latest` where the name says neither tag nor digest.
    public let tag: String?
    /// `sha256:…`, where the image is pinned.
    public let digest: String?

    public init(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        digest = parts.count > 1 ? String(parts[1]) : nil
        let name = parts.first ?? ""
        // A colon before the last slash is that of a registry's port.
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
