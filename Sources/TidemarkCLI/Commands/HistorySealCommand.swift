import ArgumentParser
import Tidemark
import TidemarkHistory

struct HistorySealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "End the history of an environment: nothing is recorded into it any more.",
        discussion: """
            Appends a last entry, which cannot be taken back. --to says where the chain goes on: that history must have all of it. \
            'history push' copies a history to a bucket and ends it in one command. The entry has the caller that AWS attests.

            Exit status: 0 ended, 1 an error and the history goes on, 5 the bucket of the history did not answer and the history \
            may have ended.
            """)

    @Option(help: ArgumentHelp("The history in which the chain goes on: s3://BUCKET/PREFIX.", valueName: "address"))
    var to: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var attested: AttestedOptions

    func validate() throws {
        try history.refuseOffline()
        guard history.environment == nil else { return }
        throw ValidationError("no environment was named: pass -e NAME, since the end of a history cannot be taken back")
    }

    func run() async throws {
        let project = try history.projectFile()
        let location = try history.location(in: project)
        let target = try to.map { try HistoryLocation.bucket($0, besides: location, project.project.history) }
        for environment in try await history.environments(at: location) {
            guard let head = try location.open().head(of: environment) else { continue }
            let configured = project.project.environment(environment) ?? Project.Environment(environment)
            let attestation = try await attested.attestation(of: configured, bound: head.binding)
            let last = try await location.end(environment, with: Move(to: target?.name), as: attestation) { _ in
                guard let shared = try target?.shared() else { return }
                _ = try await shared.confirm(environment, hasEndOf: location.open(), report: { Console.note([$0]) })
            }
            try Console.write("\(last) ends the history of '\(environment)'\n", in: .text)
        }
    }
}
