import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkReports

extension RecordCommand {
    /// Observes without the history, and writes the observation to a file.
    ///
    /// What this machine has of the history, a file or a local copy, says what to ask for.
    func observe(to file: String, at location: HistoryLocation, in project: ProjectFile) async throws {
        let name = try history.nameToObserve(in: project, location)
        let configured = project.project.environment(name) ?? Project.Environment(name)
        let known = knownOffline(name, at: location)
        try checkPlainNames(of: configured, in: project, known)
        let new = try NewFile(file)
        let observer = try aws.observer(of: configured, bound: known?.binding, key: aws.fingerprintKey())
        let ebEnvironment = aws.ebEnvironment(of: configured, bound: known?.binding)
        let whenUnsettled = unsettled.policy { [rebind] reasons, timeout in
            try await observer.waitUntilSettled(
                ebEnvironment, unsettled: reasons, bound: known?.binding, acceptsNewID: rebind, timeout: timeout)
        }
        let recorded = try known.map { _ in try location.open().recorded(in: name) }
        let attempt = RandomID()
        let loop = RecordLoop(
            name, release: try release.release(), probe: try probes.prober(of: configured),
            whenUnsettled: whenUnsettled, attempt: attempt,
            timeout: .zero, clock: .system)
        let writer = ObservationWriter(file: new, known: known)
        let appended = try await loop.record(in: writer, lock: { {} }) { head in
            try await observer.observe(
                at: ebEnvironment, also: configured.also, bound: head?.binding, acceptsNewID: rebind,
                known: head?.known ?? KnownResources(), recorded: recorded)
        }
        aws.report(appended.observation)
        aws.noteManifests(of: configured)
        let written = ObservationFile(
            environment: name, observation: appended.observation, release: appended.body.release, attempt: attempt)
        let report = ObservationReport(written, in: file)
        try output.print(text: report.text, json: report.json)
        try end(after: appended.observation, release: appended.body.release)
    }

    /// The end of the chain as this machine has it; nil if it has none that can be read.
    private func knownOffline(_ name: EnvironmentName, at location: HistoryLocation) -> ChainHead? {
        do throws(Failure) {
            return try location.open().head(of: name)
        } catch {
            if error.code != .notFound {
                Console.note("tidemark: what this machine has of the history is not used: \(error.message)".printable)
            }
            return nil
        }
    }
}

/// A file that takes one observation.
private struct ObservationWriter: EntryStore {
    let file: NewFile
    let known: ChainHead?

    func head(of environment: EnvironmentName) -> ChainHead? { known }

    func publish(_ recording: Recording) throws(Failure) -> AppendedSnapshot? {
        let written = ObservationFile(
            environment: recording.environment, observation: recording.observation, release: recording.release,
            attempt: recording.attempt)
        try file.write(written.text)
        let proposal = Proposal(
            recording, over: known, images: KindRegistry.all.images, time: recording.time(of: .system))
        return AppendedSnapshot(proposal, after: known)
    }

    func append(_ entry: Entry) -> Bool { false }
}
