import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkKinds
import TidemarkReports

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Take a snapshot of a live environment and append it to the history.",
        discussion: """
            During a deploy an environment is unsettled: a snapshot may show half of the old and half of the new. --release \
            refuses an unsettled environment. --wait polls until it is settled, for 20 minutes by default, at intervals of 1 \
            to 15 seconds. --allow-unsettled records it as it is. Without --release it is recorded, and every report marks the \
            snapshot as unsettled.

            Hosts of AWS services that the environment names and at which no resource is observed, such as an Aurora \
            cluster or a serverless cache, are listed as not followed; --strict counts them as not seen.

            --probe asks an address when the environment was observed: at most 10 seconds and 1 MiB, with verified certificates, no \
            proxy and no redirect to another host. Its status and time are part of the release, nothing of its body. What cannot be seen \
            from outside is not probed: whether Celery reaches Redis, and whether the beat's schedule runs.

            With --to the same statuses are those of an observation that was written, and 'history import' records it.

            Exit status: 0 recorded, 1 an error and nothing was recorded, 3 recorded but --strict and not everything was \
            seen, 4 recorded and the deployment or a probe failed, 5 the bucket of the history did not answer and the snapshot may have \
            been recorded.
            """)

    @OptionGroup var history: HistoryOptions
    @OptionGroup var aws: AWSOptions
    @OptionGroup var release: ReleaseOptions
    @OptionGroup var issuers: IssuerOptions
    @OptionGroup var probes: ProbeOptions
    @OptionGroup var unsettled: UnsettledOptions
    @OptionGroup var output: FormatOptions

    @Flag(help: "Accept a rebuilt Elastic Beanstalk environment: same name, new id.")
    var rebind = false

    @Flag(help: "Accept 'plain' names in tidemark.yml that differ from those of the newest snapshot.")
    var plainChanged = false

    @Flag(help: "Begin a new history in CI, or a new environment in a history that has others.")
    var newHistory = false

    @Option(
        help: ArgumentHelp(
            "Write what was observed to a new file, where the history cannot be reached. 'history import' records it.",
            valueName: "file"))
    var to: String?

    @Flag(help: "Exit with 3 if not everything was seen.")
    var strict = false

    @Flag(help: "Verify the whole history first. Otherwise only its newest entry and its state are verified.")
    var verify = false

    func validate() throws {
        try TextOption("--to", to, "a file").refuseBlank()
        if to != nil, history.head != nil || verify || newHistory {
            throw ValidationError("--to reads no history: leave out --head, --verify and --new-history")
        }
        if release.label == nil, !probes.probes.isEmpty {
            throw ValidationError("--probe needs a release: pass --release LABEL too")
        }
        guard history.offline else { return }
        throw ValidationError("--offline cannot be recorded with: the local copy never has what the bucket lacks")
    }

    func run() async throws {
        do {
            try await record()
        } catch let failure as Failure {
            throw try history.explained(failure)
        }
    }

    private func record() async throws {
        let project = try history.projectFile()
        let location = try history.location(in: project)
        if let to { return try await observe(to: to, at: location, in: project) }
        try await history.pull(history.name(in: project), from: location, isRecorded: true)
        let name = try history.nameToObserve(in: project, location)
        if let head = history.head { try history.openSilently(location).verify(head, in: name) }
        if verify { try verifyHistory(at: location) }
        if location.bucket == nil {
            Console.note(try History.repair(at: location.file, images: KindRegistry.all.images))
        }
        let configured = project.project.environment(name) ?? Project.Environment(name)
        var known = try history.knownHead(of: name, at: location)
        if known == nil, !newHistory {
            try await history.refuseToBegin(name, at: location, in: project)
            known = try history.knownHead(of: name, at: location)
        }
        let bound = known?.binding
        try checkPlainNames(of: configured, in: project, known)
        let observer = try aws.observer(of: configured, bound: bound, key: aws.fingerprintKey())
        let ebEnvironment = aws.ebEnvironment(of: configured, bound: bound)
        let whenUnsettled = unsettled.policy { [rebind] reasons, timeout in
            try await observer.waitUntilSettled(
                ebEnvironment, unsettled: reasons, bound: bound, acceptsNewID: rebind, timeout: timeout)
        }
        let signer = issuers.signer(in: project.project)
        let recorded = try known.map { _ in try history.openSilently(location).recorded(in: name) }
        let probe = try probes.prober(of: configured)
        let appended = try await record(name, at: location, signer, probe, whenUnsettled) { head in
            try await observer.observe(
                at: ebEnvironment, also: configured.also, bound: head?.binding, acceptsNewID: rebind,
                known: head?.known ?? KnownResources(), recorded: recorded)
        }
        aws.report(appended.observation)
        aws.noteManifests(of: configured)
        reportRepeated(appended, at: location)
        print(appended, at: location, hints: RecordHints(for: appended, configured).lines)
        try end(after: appended.observation, release: appended.body.release)
    }

    /// Exits with the status of an observation that was recorded.
    func end(after observation: EnvironmentObservation, release: Release?) throws {
        if !observation.failures.isEmpty || release?.hasFailedProbe == true { throw ExitStatus.failedDeployment }
        if strict, !observation.isComplete { throw ExitStatus.unseen }
    }

    private func record(
        _ name: EnvironmentName, at location: HistoryLocation, _ signer: BookingSigner,
        _ probe: @escaping @Sendable () async throws -> [ProbeResult],
        _ whenUnsettled: SettlingPolicy,
        walk: (ChainHead?) async throws -> EnvironmentObservation
    ) async throws -> AppendedSnapshot {
        let isWaiting = { Console.note("tidemark: waiting for another recorder of '\(name)'") }
        if let shared = try location.shared() {
            return try await shared.record(
                name, release: release.release(), signer: signer, probe: probe, whenUnsettled: whenUnsettled,
                isWaiting: isWaiting, report: { Console.note([$0]) }, walk: walk)
        }
        return try await History.record(
            at: location.file, images: KindRegistry.all.images, environment: name, release: release.release(),
            signer: signer, probe: probe, whenUnsettled: whenUnsettled, isWaiting: isWaiting, walk: walk)
    }

    /// Verifies the whole history, if there is one.
    private func verifyHistory(at location: HistoryLocation) throws(Failure) {
        do {
            try history.openSilently(location).verify()
        } catch let failure where failure.code == .notFound {
            return
        }
    }

    /// Refuses a change of the plain names unless the user confirms it: they decide which values are stored unredacted.
    func checkPlainNames(
        of configured: Project.Environment, in project: ProjectFile, _ known: ChainHead?
    ) throws(Failure) {
        let names = configured.propertyNames
        guard !plainChanged, let recorded = known?.decoders, !names.areNamed(in: recorded) else { return }
        guard project.exists else {
            throw Failure(
                .mismatch, "there is no \(project.name) here, and the newest snapshot had plain names",
                why: "their values would be redacted from now on",
                remedy: "run the command in the project's folder, or pass --project FILE or --plain-changed")
        }
        throw Failure(
            .mismatch, "'plain' in \(project.name.printable) differs from the plain names of the newest snapshot",
            why: "values of plain names are stored unredacted, for good",
            remedy: "if that is intended, pass --plain-changed")
    }

    /// The report, without what was deployed if the history cannot be read again: the snapshot is recorded all the same.
    private func report(
        of appended: AppendedSnapshot, at location: HistoryLocation, hints: [String]
    ) -> RecordReport {
        let header = appended.entry.header
        do throws(Failure) {
            let log = try history.openSilently(location)
            return RecordReport(
                appended, hints: hints, kinds: .all, run: try log.observedRun(of: header.environment, at: header.seq),
                newest: try log.newestDeployment(of: header.environment))
        } catch {
            Console.note("tidemark: what was deployed is not reported: \(error.message)".printable)
            return RecordReport(appended, hints: hints, kinds: .all)
        }
    }

    /// Prints the report. If that fails, the snapshot is recorded all the same, so the command does not fail.
    private func print(_ appended: AppendedSnapshot, at location: HistoryLocation, hints: [String]) {
        let report = report(of: appended, at: location, hints: hints)
        do throws(Failure) {
            try output.print(text: report.text(Console.style), json: report.json)
        } catch {
            Console.note(
                "tidemark: recorded \(appended.entry.header.seq), head \(appended.entry.hash), but \(error.message)")
        }
    }
}
