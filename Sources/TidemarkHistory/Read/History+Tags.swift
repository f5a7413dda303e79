import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The digests that each tag pointed at, with their times, and the runs of those images in any environment of the history.
    ///
    /// The tags are those of the repositories from which the environment's images come.
    /// - Parameters:
    ///   - name: A repository, or one tag of it: `antenna-backend`, `antenna-backend:v10`; nil for all.
    ///   - environment: The environment from which the tags were seen; nil for all of the history.
    /// - Throws: `Failure` with the code `notFound` if there is none, and `history` for a damaged history.
    public func tags(_ name: String? = nil, in environment: EnvironmentName? = nil) throws(Failure) -> [TagHistory] {
        try readIndexed { database in
            let environments = try database.environments().filter { environment == nil || $0 == environment }
            let readers = try environments.map { try TagReader(database: database, images: images, environment: $0) }
            let tags = try readers.flatMap { try $0.tags(name) }
            guard !tags.isEmpty else {
                throw Failure.noTags(
                    name, repositories: Set(try readers.flatMap { try $0.repositories() }).sorted(),
                    unseen: readers.lazy.compactMap(\.unseenTags).first
                        ?? readers.lazy.compactMap(\.unseenRuns).first)
            }
            return tags
        }
    }
}

extension Failure {
    fileprivate static func noTags(_ name: String?, repositories: [String], unseen: Unseen?) -> Failure {
        let subject = "no image tag\(name.map { " of '\($0.printable)'" } ?? "") was seen"
        guard repositories.isEmpty else {
            return Failure(
                .notFound, subject,
                why: "the repositories with tags are \(repositories.map(\.printable).joined(separator: ", "))",
                remedy: "name one of them, or a tag such as 'antenna-backend:v10'")
        }
        let why = unseen.map { "whether there is one is unknown: \($0.reason)" }
        return Failure(
            .notFound, subject, why: why ?? "no container ran an image of Amazon ECR", remedy: unseen?.remedy)
    }
}
