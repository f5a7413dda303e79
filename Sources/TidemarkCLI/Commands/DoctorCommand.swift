import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkReports

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say which credentials are used, who they are, what they may see, and what to do about the rest.",
        discussion: """
            It walks the environment as 'record' does, and records nothing.

            Exit status: 0 everything could be seen, 3 not everything, 1 an error.
            """)

    @OptionGroup var history: HistoryOptions
    @OptionGroup var aws: AWSOptions

    func run() async throws {
        let project = try history.projectFile()
        let path = try history.path(in: project)
        let name = try history.nameToLookAt(in: project, path)
        let said = project.project.environment(name) ?? Project.Environment(name)
        let bound = try history.knownHead(of: name, at: path)?.binding
        let observer = try aws.observer(of: said, bound: bound, key: nil)
        let observation = try await observer.observe(
            at: aws.ebEnvironment(of: said, bound: bound), also: said.also, bound: bound)
        aws.report(observation)
        let report = DoctorReport(observation, credentials: await observer.credentialOrigin, kinds: .all)
        try Console.write(report.text(Console.style), in: .text)
        if !report.isHealthy { throw ExitStatus.unseen }
    }
}
