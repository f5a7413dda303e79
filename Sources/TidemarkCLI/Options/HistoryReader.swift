import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// A command that reads the history: from a bucket, its local copy is brought up to date before the command runs.
protocol HistoryReader: ParsableCommand {
    var history: HistoryOptions { get }
    /// Whether the command reads the history as it is called.
    var readsHistory: Bool { get }
}

extension HistoryReader {
    var readsHistory: Bool { true }
}

extension HistoryOptions {
    /// Brings the local copy of a history in a bucket up to date: all of it, or the environment that `-e` names.
    func pull() async throws {
        // Without a bucket there is nothing to do, and the project is not read twice.
        guard (history ?? Console.variables["TIDEMARK_HISTORY"]).map(HistoryLocation.isBucket) ?? true else { return }
        let location = try location(in: projectFile())
        let named = try environment.map(EnvironmentName.init)
        guard let shared = try isOffline(location) ? nil : location.shared() else { return }
        var notices = try await shared.pull(named)
        // The error for an unknown environment names all that there are.
        if let named, try !isCopied(named, at: location) { notices += try await shared.pull() }
        Console.note(notices)
    }

    /// The failure of a command that read the history. A local copy that is damaged is set aside: the next command copies it again.
    func explained(_ failure: Failure) throws -> Failure {
        let location = try location(in: projectFile())
        guard failure.code == .history, location.bucket != nil, !offline else { return failure }
        do {
            try openSilently(location).verify()
            return failure
        } catch {
            try FileReplica.setAside(location.file)
            return Failure(
                .history, "the local copy of '\(location.name)' is damaged", why: failure.why ?? failure.what,
                remedy: "run the command again, which makes the copy again")
        }
    }

    /// Brings the local copy of one environment up to date, for a command that records it.
    /// - Parameter name: The environment; nil for all, of which the history may have only one.
    func pull(_ name: EnvironmentName?, from location: HistoryLocation) async throws {
        guard !offline, let shared = try location.shared() else { return }
        Console.note(try await shared.pull(name))
    }

    private func isCopied(_ name: EnvironmentName, at location: HistoryLocation) throws -> Bool {
        try openSilently(location).environments().contains(name)
    }

    /// Whether the bucket is not to be asked; says how old the local copy is then.
    private func isOffline(_ location: HistoryLocation) throws -> Bool {
        guard offline, location.bucket != nil else { return false }
        let named = try environment.map { [try EnvironmentName($0)] }
        let environments = try named ?? openSilently(location).environments()
        let times = try environments.compactMap { try Console.cache().pulled($0, from: location.name) }
        let age = times.count == environments.count ? times.min().map { "as of \($0.readable)" } : nil
        Console.note("tidemark: offline: the local copy of '\(location.name)' is read, \(age ?? "of unknown age")")
        return true
    }
}
