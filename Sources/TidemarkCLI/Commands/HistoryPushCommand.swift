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

            An environment that has ended before is left out.

            Exit status: 0 moved, 1 an error and the environments that were not named as moved go on here, 5 the bucket of the history here did not answer and it \
            may have ended.
            """)

    @Argument(help: "The address that the history gets: s3://BUCKET/PREFIX.")
    var address: String

    @OptionGroup var history: HistoryOptions
    @OptionGroup var attested: AttestedOptions

    func validate() throws { try history.refuseOffline() }

    func run() async throws {
        let project = try history.projectFile()
        let source = try history.location(in: project)
        let target = try HistoryLocation.bucket(address, besides: source, project.project.history)
        for environment in try await history.environments(at: source) {
            guard let head = try source.open().head(of: environment) else { continue }
            // An environment that has ended elsewhere keeps its chain here.
            if let move = head.move, move != Move(to: target.name), history.environment == nil {
                Console.note(
                    "tidemark: '\(environment)' is not moved: its history has ended with \(head.reference)".printable)
                continue
            }
            try await move(environment, bound: head.binding, from: source, to: target, in: project)
        }
    }

    private func move(
        _ environment: EnvironmentName, bound: EnvironmentBinding, from source: HistoryLocation,
        to target: HistoryLocation, in project: ProjectFile
    ) async throws {
        guard let shared = try target.shared() else { return }
        let configured = project.project.environment(environment) ?? Project.Environment(environment)
        let attestation = try await attested.attestation(of: configured, bound: bound)
        let last = try await source.end(environment, with: Move(to: target.name), as: attestation) { _ in
            _ = try await shared.copy(environment, from: source.open(), report: { Console.note([$0]) }) { done, count in
                Console.noteCopy(done, of: count, environment)
            }
        }
        try Console.write(
            "'\(environment)' goes on at '\(target.name.printable)' after \(last.seq.previous); here \(last) ends it\n",
            in: .text)
    }
}
