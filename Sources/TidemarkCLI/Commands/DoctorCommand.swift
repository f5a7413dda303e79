import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkReports

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show which credentials are used, what they may read, and how to fix the rest.",
        discussion: """
            It makes the same calls as 'record', and records nothing.

            Exit status: 0 every question was answered, 3 not every question was, 1 an error.
            """)

    @OptionGroup var history: HistoryOptions
    @OptionGroup var aws: AWSOptions

    func run() async throws {
        let project = try history.projectFile()
        let location = try history.location(in: project)
        try await history.pull(history.name(in: project), from: location)
        let name = try history.nameToObserve(in: project, location)
        let configured = project.project.environment(name) ?? Project.Environment(name)
        let bound = try history.knownHead(of: name, at: location)?.binding
        let observer = try aws.observer(of: configured, bound: bound, key: nil)
        let observation = try await observer.observe(
            at: aws.ebEnvironment(of: configured, bound: bound), also: configured.also, bound: bound)
        aws.report(observation)
        let report = DoctorReport(observation, credentials: await observer.credentialOrigin, kinds: .all)
        try Console.write(report.text(Console.style), in: .text)
        if !report.isHealthy { throw ExitStatus.unseen }
    }
}
