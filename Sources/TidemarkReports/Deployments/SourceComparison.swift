import Tidemark

/// The address at which a code host compares two commits.
enum SourceComparison {
    /// The address for two commits; nil for a run of a host that is not known to have such a page.
    ///
    /// Sources: <https://docs.github.com/pull-requests/committing-changes-to-your-project/viewing-and-comparing-commits/comparing-commits>,
    /// <https://docs.gitlab.com/user/project/repository/compare_revisions/>.
    /// - Parameter run: The address of the CI run: `https://github.com/acme/antenna/actions/runs/77`.
    static func address(from: String, to: String, run: String) -> String? {
        guard [from, to].allSatisfy({ $0.allSatisfy(\.isHexDigit) }), from != to else { return nil }
        if let repository = run.wholeMatch(of: #/(https://[^\/?\#]+/[^\/?\#]+/[^\/?\#]+)/actions/runs/.*/#)?.1 {
            return "\(repository)/compare/\(from)...\(to)"
        }
        if let project = run.wholeMatch(of: #/(https://[^?\#]+?)/-/(?:jobs|pipelines)/.*/#)?.1 {
            return "\(project)/-/compare/\(from)...\(to)"
        }
        return nil
    }
}
