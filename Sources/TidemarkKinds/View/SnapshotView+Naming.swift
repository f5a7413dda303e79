import StrictJSON
import Tidemark

extension SnapshotView {
    /// The most resources that a message names.
    private static let namedAtMost = 20

    private func listed(_ resources: [ResourceID]) -> String {
        let names = resources.prefix(Self.namedAtMost).map { label(of: $0).printable }.joined(separator: ", ")
        let more = resources.count - Self.namedAtMost
        return more > 0 ? "\(names) and \(more) more" : names
    }

    /// The resource that a user means: by kind and identity or title, by either alone, or by its kind where it is the
    /// only one.
    /// - Throws: `Failure` with the code `notFound` if no resource has the name, or more than one.
    public func resource(named text: String) throws(Failure) -> ResourceID {
        let matching = resources.filter { resource in
            let titled = title(of: resource).map { [$0, "\(resource.kind)/\($0)"] } ?? []
            return ([resource.description, resource.identity, resource.kind.rawValue] + titled)
                .contains { $0.isIdenticalText(to: text) }
        }
        if let only = matching.first, matching.count == 1 { return only }
        throw Failure(
            .notFound,
            matching.isEmpty
                ? "no resource '\(text.printable)'" : "'\(text.printable)' names \(matching.count) resources",
            why: "\(environment) has \(listed(matching.isEmpty ? resources : matching))",
            remedy: "name one of them")
    }
}
