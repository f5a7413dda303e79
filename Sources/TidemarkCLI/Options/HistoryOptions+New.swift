import Tidemark
import TidemarkHistory

extension HistoryOptions {
    /// Refuses to begin a history where it would be lost or by mistake, and an environment whose name may be mistyped: its log
    /// would be there for ever. A name that the project has is not mistyped.
    func refuseToBegin(
        _ name: EnvironmentName, at location: HistoryLocation, in project: ProjectFile
    ) async throws {
        try await pull(nil, from: location)
        let others = try recordedEnvironments(at: location)
        // Another recorder may have begun it meanwhile.
        if others.contains(name) { return }
        if others.isEmpty {
            guard Console.isInCI else { return }
            throw Failure.noHistory(at: location)
        }
        guard project.project.environment(name) == nil else { return }
        throw Failure(
            .notFound, "'\(location.name)' has no environment '\(name)'",
            why: "it has \(others.map { "'\($0)'" }.joined(separator: ", "))",
            remedy: "correct -e, or pass --new-history to begin another environment")
    }

    private func recordedEnvironments(at location: HistoryLocation) throws(Failure) -> [EnvironmentName] {
        do throws(Failure) {
            return try openSilently(location).environments()
        } catch {
            guard error.code == .notFound else { throw error }
            return []
        }
    }
}

extension Failure {
    fileprivate static func noHistory(at location: HistoryLocation) -> Failure {
        let what = "there is no history at '\(location.name)'"
        guard location.bucket == nil else {
            return Failure(
                .notFound, what, why: "a mistyped address would begin another one",
                remedy: "correct it, or pass --new-history to begin one")
        }
        return Failure(
            .notFound, what, why: "one that begins in CI ends with the runner",
            remedy: """
                name one in a bucket with --history s3://BUCKET/PREFIX, or restore the file that an earlier run kept; \
                --new-history begins one
                """)
    }
}
