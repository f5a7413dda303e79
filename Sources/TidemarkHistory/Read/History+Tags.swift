import StrictJSON
import Tidemark

extension History {
    /// What every tag of the repositories that an environment's images come from pointed at, from when to when, and
    /// where those bytes ran, in any environment of the history.
    /// - Parameter name: A repository, or one tag of it: `antenna-backend`, `antenna-backend:v10`; nil for all.
    public func tags(_ name: String? = nil, in environment: EnvironmentName? = nil) throws(Failure) -> [TagHistory] {
        let all = try environments()
        return try read { database in
            try database.verifyIndex(images)
            let readers = try all.map { try TagReader(database: database, images: images, environment: $0) }
            let runs = readers.flatMap(\.running)
            return try readers.filter { environment == nil || $0.environment == environment }
                .flatMap { try $0.tags(name, runs: runs) }
        }
    }
}

extension History {
    /// That no such tags were seen, and which repositories were.
    public func noTags(_ name: String?, in environment: EnvironmentName? = nil) throws(Failure) -> Failure {
        let repositories = try Set(tags(in: environment).map(\.repository)).sorted()
        let of = name.map { " of '\($0.printable)'" } ?? ""
        if !repositories.isEmpty {
            return Failure(
                .notFound, "no image tag\(of) was seen",
                why: "the repositories that were are \(repositories.map(\.printable).joined(separator: ", "))",
                remedy: "name one of them, or a tag such as 'antenna-backend:v10'")
        }
        let gaps = try unseenTags(in: environment)
        return Failure(
            .notFound, "no image tag\(of) was seen", why: gaps?.reason ?? "no container ran an image of Amazon ECR",
            remedy: gaps?.remedy)
    }

    /// Why no tag could be seen when the newest snapshots were taken.
    private func unseenTags(in environment: EnvironmentName?) throws(Failure) -> Unseen? {
        let all = try environments().filter { environment == nil || $0 == environment }
        return try read { database in
            for environment in all {
                let latest = try database.newestSnapshot(of: environment, upTo: Seq(rawValue: .max))
                if let unseen = try latest?.snapshotBody().unseen(images.kinds(from: .registry)) { return unseen }
            }
            return nil
        }
    }
}
