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
            It makes the same calls as 'record', and records nothing. Of a history in a bucket it also reads versioning, Object \
            Lock, the lifecycle rules and the policy, and says what endangers the history.

            Exit status: 0 every question was answered and nothing endangers the history, 3 otherwise, 1 an error.
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
            at: aws.ebEnvironment(of: configured, bound: bound), also: configured.also, bound: bound,
            recorded: bound.map { _ in try history.openSilently(location).recorded(in: name) })
        aws.report(observation)
        let report = DoctorReport(
            observation, credentials: await observer.credentialOrigin, kinds: aws.kinds(of: configured))
        try Console.write(report.text(Console.style), in: .text)
        let bucket = try await location.bucket?.report()
        if let bucket { try Console.write(bucket.text(Console.style), in: .text) }
        guard report.isHealthy, bucket?.isHealthy ?? true else { throw ExitStatus.unseen }
    }
}
