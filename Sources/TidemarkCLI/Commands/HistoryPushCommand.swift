import ArgumentParser
import Tidemark
import TidemarkHistory

struct HistoryPushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Move the history to a bucket: copy every entry, then end the history here.",
        discussion: """
            Copies the chain of each environment, or of the one that -e names, and then appends a last entry here that says where \
            the chain goes on. From then on 'record' refuses this history. The copy counts only once that entry is written: do \
            not record into the bucket before the command has ended. A command that was interrupted is run again.

            The last entry has the caller that AWS attests. No program follows its address by itself: change tidemark.yml or \
            TIDEMARK_HISTORY.

            Exit status: 0 moved, 1 an error and the history here goes on, 5 the bucket of the history here did not answer and it \
            may have ended.
            """)

    @Argument(help: "The address that the history gets: s3://BUCKET/PREFIX.")
    var address: String

    @OptionGroup var history: HistoryOptions
    @OptionGroup var attested: AttestedOptions

    func run() async throws {
        let project = try history.projectFile()
        let source = try history.location(in: project)
        let target = try HistoryLocation.bucket(address, besides: source, project.project.history)
        let environments = try await history.environments(at: source)
        for environment in environments {
            try await move(environment, from: source, to: target, in: project)
        }
    }

    private func move(
        _ environment: EnvironmentName, from source: HistoryLocation, to target: HistoryLocation,
        in project: ProjectFile
    ) async throws {
        guard let head = try source.open().head(of: environment), let shared = try target.shared() else { return }
        if let move = head.move, move.address?.isIdenticalText(to: target.name) == true {
            return try Console.write("'\(environment)' was moved already: \(head.reference) ends it\n", in: .text)
        }
        let configured = project.project.environment(environment) ?? Project.Environment(environment)
        let attestation = try await attested.attestation(of: configured, bound: head.binding)
        let last = try await source.end(environment, with: Move(to: target.name), as: attestation) { _ in
            _ = try await shared.copy(environment, from: source.open(), report: { Console.note([$0]) }) { done, count in
                Console.noteCopy(done, of: count, environment)
            }
        }
        try Console.write(
            "'\(environment)' goes on at '\(target.name.printable)' after \(last.header.seq.previous); here \(last.reference) "
                + "ends it\n", in: .text)
    }
}

extension HistoryOptions {
    /// The environment that `-e` names, or all of the history, after the local copy was brought up to date.
    func environments(at location: HistoryLocation) async throws -> [EnvironmentName] {
        let named = try environment.map(EnvironmentName.init)
        try await pull(named, from: location)
        let log = try openLog(location)
        try verifyHead(in: log)
        return try named.map { [try log.environment($0)] } ?? log.environments()
    }
}

extension HistoryLocation {
    /// The address of a bucket that is not the one of another history.
    static func bucket(
        _ address: String, besides source: HistoryLocation, _ configured: Project.History?
    ) throws(Failure) -> HistoryLocation {
        let target = try HistoryLocation(address, configured)
        guard target.bucket != nil else {
            throw Failure(
                .invalid, "'\(address.printable)' cannot be used", why: "it is not an address in a bucket",
                remedy: "write s3://BUCKET/PREFIX; 'history export --sqlite FILE' copies a history to a file")
        }
        guard !target.name.isIdenticalText(to: source.name) else {
            throw Failure(
                .invalid, "'\(address.printable)' cannot be used", why: "it is the history itself",
                remedy: "name another prefix")
        }
        return target
    }
}

extension Console {
    /// Says now and then how many entries were copied.
    static func noteCopy(_ done: Int, of count: Int, _ environment: EnvironmentName) {
        guard done.isMultiple(of: 1_000), done < count else { return }
        note("tidemark: copied \(done) of \(count) entries of '\(environment)'")
    }
}
