import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkReports
import TidemarkS3

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
            at: aws.ebEnvironment(of: configured, bound: bound), also: configured.also, bound: bound)
        aws.report(observation)
        let report = DoctorReport(observation, credentials: await observer.credentialOrigin, kinds: .all)
        try Console.write(report.text(Console.style), in: .text)
        let bucket = try await bucketReport(at: location)
        if let bucket { try Console.write(bucket.text(Console.style), in: .text) }
        guard report.isHealthy, bucket?.isHealthy ?? true else { throw ExitStatus.unseen }
    }

    /// The report on the history's bucket; nil for a history in a file.
    private func bucketReport(at location: HistoryLocation) async throws -> BucketReport? {
        guard let bucket = location.bucket else { return nil }
        let settings = await BucketSettings(of: bucket.bucket, owner: bucket.access.owner, by: try bucket.client())
        let safety = BucketSafety(
            settings, try bucket.policies, prefix: bucket.prefix, isAmazon: bucket.access.endpoint == nil)
        return BucketReport(
            location.name,
            safety.rows.map { BucketReport.Row(name: $0.name, text: $0.text, needsAttention: $0.needsAttention) })
    }
}
