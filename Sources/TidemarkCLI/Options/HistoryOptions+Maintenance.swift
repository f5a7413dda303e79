import ArgumentParser
import Tidemark
import TidemarkHistory

extension HistoryOptions {
    /// Refuses `--offline` for a command that makes requests to the bucket.
    func refuseOffline() throws {
        guard offline else { return }
        throw ValidationError("--offline makes no request to the bucket, and this command needs one: leave it out")
    }

    /// The environment that `-e` names, or all of the history, after the local copy was brought up to date.
    func environments(at location: HistoryLocation) async throws -> [EnvironmentName] {
        let named = try environment.map(EnvironmentName.init)
        try await pull(named, from: location)
        let log = try openLog(location)
        try verifyHead(in: log)
        return try named.map { [try log.environment($0)] } ?? log.environments()
    }
}

extension Console {
    /// Says now and then how many entries were copied.
    static func noteCopy(_ done: Int, of count: Int, _ environment: EnvironmentName) {
        guard done.isMultiple(of: 1_000), done < count else { return }
        note("tidemark: copied \(done) of \(count) entries of '\(environment)'")
    }
}
