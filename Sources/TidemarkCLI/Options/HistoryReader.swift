import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// A command that reads the history: from a bucket, its local copy is brought up to date before the command runs.
protocol HistoryReader: ParsableCommand {
    var history: HistoryOptions { get }
    /// Whether the command reads the history as it is called.
    var readsHistory: Bool { get }
    /// Whether the command needs a history; if not, one that cannot be reached is a notice.
    var requiresHistory: Bool { get }
    /// Whether the command reads every environment if `-e` names none, and not the only one of the project.
    var readsEveryEnvironment: Bool { get }
    /// Whether the command makes a request even if the history is a file.
    var needsNetwork: Bool { get }
}

extension HistoryReader {
    var readsHistory: Bool { true }
    var requiresHistory: Bool { true }
    var readsEveryEnvironment: Bool { false }
    var needsNetwork: Bool { false }
}

extension HistoryOptions {
    /// Whether the history is in a bucket.
    func isShared() throws -> Bool {
        // The project is not read where it does not matter.
        guard try named().map(HistoryLocation.isBucket) ?? true else {
            return false
        }
        return try location(in: projectFile()).bucket != nil
    }

    /// Brings the local copy of a history in a bucket up to date.
    /// - Parameter all: Whether every environment is read if `-e` names none.
    func pull(all: Bool) async throws {
        let project = try projectFile()
        let location = try location(in: project)
        let name = try all ? environment.map(EnvironmentName.init) : name(in: project)
        if offline { return try reportAge(of: name, at: location) }
        try await pull(name, from: location)
        if name == nil, try openSilently(location).environments().isEmpty {
            throw Failure(
                .notFound, "there is no history at '\(location.name.printable)'",
                why: "the bucket has no entry under the prefix",
                remedy: "correct the address, or record a snapshot first")
        }
        // The error for an unknown environment names all that there are.
        if let name, try !openSilently(location).environments().contains(name) {
            try await pull(nil, from: location)
        }
    }

    /// The failure of a command that read the history. A local copy that is damaged is set aside: the next command copies it again.
    func explained(_ failure: Failure) throws -> Failure {
        let location = try location(in: projectFile())
        guard failure.code == .history, location.bucket != nil, isDamaged(location) else { return failure }
        if !offline { try FileReplica.setAside(location.file, of: location.name) }
        return Failure(
            .history, "the local copy of '\(location.name)' is damaged", why: failure.why ?? failure.what,
            remedy: offline
                ? "leave out --offline, which makes the copy again"
                : "run the command again, which makes the copy again")
    }

    private func isDamaged(_ location: HistoryLocation) -> Bool {
        do throws(Failure) {
            try openSilently(location).verify()
            return false
        } catch {
            return error.code == .history
        }
    }

    /// Brings the local copy of one environment up to date, for a command that records it.
    /// - Parameters:
    ///   - name: The environment; nil for all, of which the history may have only one.
    ///   - isRecorded: Whether the environment is recorded next.
    func pull(_ name: EnvironmentName?, from location: HistoryLocation, isRecorded: Bool = false) async throws {
        guard !offline, let shared = try location.shared() else { return }
        try await shared.pull(name, isRecorded: isRecorded) { Console.note([$0]) }
    }

    /// Says how old the local copy is.
    private func reportAge(of name: EnvironmentName?, at location: HistoryLocation) throws {
        let environments = try name.map { [$0] } ?? openSilently(location).environments()
        let times = try environments.compactMap { try Console.cache().pulled($0, from: location.name) }
        let age = times.count == environments.count ? times.min().map { "as of \($0.readable)" } : nil
        Console.note("tidemark: offline: the local copy of '\(location.name)' is read, \(age ?? "of unknown age")")
        let waiting = try environments.compactMap { environment in
            try Console.cache().waiting(environment, in: location.name) { Console.note([$0]) }
        }
        Console.note(waiting)
    }
}
