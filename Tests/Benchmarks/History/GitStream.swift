import Tidemark

/// The story in git, for `git fast-import` on stdout: one commit for each snapshot, one file for each facet, and one file for
/// all tags of a repository.
///
/// The JSON is indented, with sorted keys and one line for each tag, so that git's differences are as small as possible.
///
/// Source: <https://git-scm.com/docs/git-fast-import>.
enum GitStream {
    static func commit(_ appended: AppendedSnapshot) {
        let message = appended.body.release.map(message) ?? "Snapshot \(appended.entry.header.seq)"
        print("commit refs/heads/main")
        print("committer release-bot <> \(appended.entry.header.at.millisecondsSince1970 / 1000) +0000")
        data(message)
        let changed = Set(appended.changes.map(\.facet.path))
        let kinds = Set(appended.changes.map(\.facet.resource.kind))
        let candidates = appended.observation.facets.filter { kinds.contains($0.key.resource.kind) }
        for (path, facets) in Dictionary(grouping: candidates, by: \.key.path) where changed.contains(path) {
            let texts = facets.sorted { $0.key < $1.key }.compactMap { facet, content in
                facet.isTag ? content?.canonical : content?.pretty
            }
            if texts.isEmpty {
                print("D \(path)")
            } else {
                print("M 100644 inline \(path)")
                data(texts.map { "\($0)\n" }.joined())
            }
        }
    }

    /// The message has the token that signs a release, as evidence that is kept in git would be.
    private static func message(of release: Release) -> String {
        guard case .signed(let signature)? = release.identity else { return "Release \(release.label)" }
        return "Release \(release.label)\n\n\(signature.token)"
    }

    private static func data(_ text: String) { print("data \(text.utf8.count)\n\(text)") }
}

extension FacetID {
    var isTag: Bool { resource.kind == .ecrTag }

    /// The path of its file, such as `ecs.container/django.description.json` or `ecr.tag/antenna-backend.json`.
    fileprivate var path: String {
        let identity = isTag ? ImageName(resource.identity).repository : resource.identity
        let name = identity.split(separator: "/").last ?? ""
        return "\(resource.kind)/\(name)\(isTag ? "" : ".\(self.name)").json"
    }
}
