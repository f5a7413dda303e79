import TidemarkKinds
import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkReports

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Take a snapshot of a live environment and append it to the history.",
        discussion: """
            An environment in the middle of a deploy is unsettled: what is seen of it may be half of the old and half of \
            the new. A release of it is recorded with --wait or --allow-unsettled only; a snapshot without a release is, and \
            every report says that it was unsettled. --wait asks AWS for the environment alone, after a second and then \
            ever less often, in the end every 15 seconds, for 20 minutes unless it is given another time.

            Exit status: 0 recorded, 1 an error and nothing was recorded, 3 recorded but --strict and not everything \
            could be seen, 4 recorded and the deployment that it shows failed.
            """)

    @OptionGroup var history: HistoryOptions
    @OptionGroup var aws: AWSOptions
    @OptionGroup var release: ReleaseOptions
    @OptionGroup var unsettled: UnsettledOptions
    @OptionGroup var output: FormatOptions

    @Flag(help: "Accept an Elastic Beanstalk environment that was rebuilt under its old name.")
    var rebind = false

    @Flag(help: "Accept plain names in the project's file that are not those of the newest snapshot.")
    var plainChanged = false

    @Flag(help: "Exit with 3 if not everything could be seen.")
    var strict = false

    func run() async throws {
        let project = try history.projectFile()
        let path = try history.path(in: project)
        let name = try history.nameToLookAt(in: project, path)
        if let head = history.head {
            try History.open(readingAt: path, images: KindRegistry.all.images).verify(head, in: name)
        }
        Console.note(try History.repair(at: path, images: KindRegistry.all.images))
        let said = project.project.environment(name) ?? Project.Environment(name)
        let known = try history.knownHead(of: name, at: path)
        let bound = known?.binding
        try checkPlainNames(of: said, in: project, known)
        let observer = try aws.observer(of: said, bound: bound, key: aws.fingerprintKey())
        let ebEnvironment = aws.ebEnvironment(of: said, bound: bound)
        let appended = try await History.record(
            at: path, images: KindRegistry.all.images, environment: name, release: release.release(),
            whenUnsettled: unsettled.policy { [rebind] reasons, timeout in
                try await observer.waitUntilSettled(
                    ebEnvironment, unsettled: reasons, bound: bound, acceptsNewID: rebind,
                    timeout: timeout)
            },
            isWaiting: { Console.note("tidemark: waiting for another recorder of '\(name)'") },
            walk: { known in
                try await observer.observe(
                    at: ebEnvironment, also: said.also, bound: known?.binding, acceptsNewID: rebind,
                    known: known?.resources ?? [])
            })
        aws.report(appended.observation)
        print(appended, hints: RecordHints(for: appended, said).lines)
        warnOfDamage(to: name, at: path)
        if !appended.observation.failures.isEmpty { throw ExitStatus.failedDeployment }
        if strict, !appended.body.gaps.isEmpty { throw ExitStatus.unseen }
    }

    /// A damaged entry keeps none from being recorded, since the release's evidence would be lost; but reports refuse the
    /// history from then on, so that somebody must be told now.
    private func warnOfDamage(to environment: EnvironmentName, at path: String) {
        do throws(Failure) {
            try History.open(readingAt: path, images: KindRegistry.all.images).verifyChain(of: environment)
        } catch {
            Console.note(
                "tidemark: warning: the snapshot is recorded, but reports will refuse the history: \(error.message)"
                    .printable)
        }
    }

    /// Plain names decide which values are stored for good, so a change of them must be confirmed.
    private func checkPlainNames(
        of said: Project.Environment, in project: ProjectFile, _ known: Head?
    ) throws(Failure) {
        guard !plainChanged, let recorded = known?.decoders, !said.propertyNames.areNamed(in: recorded) else { return }
        throw Failure(
            .mismatch, "'plain' in \(project.name.printable) differs from the plain names of the newest snapshot",
            why: "values of plain names are stored unredacted, for good",
            remedy: "if that is intended, pass --plain-changed")
    }

    /// Where the report cannot be written, the snapshot is recorded all the same, so that this is no error.
    private func print(_ appended: AppendedSnapshot, hints: [String]) {
        let report = RecordReport(appended, hints: hints, kinds: .all)
        do throws(Failure) {
            try output.print(text: report.text(Console.style), json: report.json)
        } catch {
            Console.note(
                "tidemark: recorded \(appended.entry.header.seq), head \(appended.entry.hash), but \(error.message)")
        }
    }
}

/// The release that the snapshot shows, if it shows one.
struct ReleaseOptions: ParsableArguments {
    @Option(
        name: .customLong("release"), help: ArgumentHelp("Record the release that is there now.", valueName: "label"))
    var label: String?

    @Option(help: "Who deployed it.")
    var by: String?

    @Option(help: "The commit that was deployed.")
    var commit: String?

    @Option(help: "The CI run that deployed it.")
    var url: String?

    @Option(help: "Anything worth knowing about it.")
    var note: String?

    func validate() throws {
        guard label == nil,
            let lonely = [("by", by), ("commit", commit), ("url", url), ("note", note)].first(where: { $0.1 != nil })
        else { return }
        throw ValidationError("--\(lonely.0) says something of a release: name it with --release")
    }

    func release() throws(Failure) -> Release? {
        guard let label else { return nil }
        return try Release(label: label, by: by, commit: commit, url: url, note: note)
    }
}
