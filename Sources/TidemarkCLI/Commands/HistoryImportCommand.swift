import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkReports

struct HistoryImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Record the observation in a file that 'record --to' wrote.",
        discussion: """
            The snapshot is marked as late, with the time and the caller that the file says; its entry has who imported it, as AWS \
            attests, and when. If the environment was observed again since, it is refused: an older look never overwrites a \
            newer one. A file is recorded once.

            Recorded resources that the walk did not reach are unseen in the snapshot.

            Exit status: 0 recorded, or it was already, 1 an error and nothing was recorded, 5 the bucket of the history did not \
            answer and the snapshot may have been recorded.
            """)

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var history: HistoryOptions
    @OptionGroup var attested: AttestedOptions
    @OptionGroup var output: FormatOptions

    @Flag(help: "Accept a rebuilt Elastic Beanstalk environment: same name, new id.")
    var rebind = false

    @Flag(help: "Accept 'plain' names that differ from those of the newest snapshot.")
    var plainChanged = false

    @Flag(help: "Begin a new history in CI, or a new environment in a history that has others.")
    var newHistory = false

    private static let largest = 64 << 20

    func validate() throws { try history.refuseOffline() }

    func run() async throws {
        let bytes = try NamedFile.typed(file).read("observation", atMost: Self.largest, remedy: .nameObservation)
        let file = try ObservationFile(bytes, named: file)
        let project = try history.projectFile()
        let location = try history.location(in: project)
        let environment = file.environment
        if let named = history.environment, try EnvironmentName(named) != environment {
            throw Failure(.mismatch, "the file is of '\(environment)', not of '\(named)'", remedy: "leave out -e")
        }
        try await location.settle(environment)
        let head = try history.knownHead(of: environment, at: location)
        if head == nil, !newHistory { try await history.refuseToBegin(environment, at: location, in: project) }
        if let report = try known(file, at: location) { return try print(report) }
        try file.check(against: head, acceptsNewID: rebind, acceptsNames: plainChanged)
        let configured = project.project.environment(environment) ?? Project.Environment(environment)
        let attestation = try await attested.attestation(of: configured, bound: file.observation.binding)
        try file.checkTimes(
            now: attestation.time().at,
            newest: try head.flatMap { _ in try location.open().newestLook(of: environment) })
        let recording = Recording(
            file, over: head, after: head?.snapshot, caller: attestation.caller, clock: attestation.clock)
        if let appended = try await location.publish(recording) {
            let report = RecordReport(appended, kinds: .all)
            return try output.print(text: report.text(Console.style), json: report.json)
        }
        // Another import of the file may have been faster.
        try await location.settle(environment)
        guard let report = try known(file, at: location) else { throw Failure.overtaken(file) }
        try print(report)
    }

    /// The report of a file that was recorded before; nil for another one.
    private func known(_ file: ObservationFile, at location: HistoryLocation) throws -> ObservationReport? {
        do throws(Failure) {
            let entry = try location.open().entry(of: file.environment, by: file.attempt)
            return entry.map { ObservationReport(file, in: self.file, recordedAs: $0) }
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    private func print(_ report: ObservationReport) throws {
        try output.print(text: report.text, json: report.json)
    }
}

extension Failure {
    fileprivate static func overtaken(_ file: ObservationFile) -> Failure {
        Failure(
            .conflict, "the observation of \(file.time.readable) was not recorded",
            why: "'\(file.environment)' was observed again since, and an older look never overwrites a newer one",
            remedy: "keep the file; 'record --release' books a release that runs now")
    }
}

extension ObservationFile {
    /// Refuses an observation of something else than the history has.
    fileprivate func check(
        against head: ChainHead?, acceptsNewID: Bool, acceptsNames: Bool
    ) throws(Failure) {
        guard let head else { return }
        let (bound, binding) = (head.binding, observation.binding)
        let isSame = binding == bound
        let isRebuilt =
            (binding.partition, binding.account, binding.region, binding.ebEnvironment)
            == (bound.partition, bound.account, bound.region, bound.ebEnvironment)
        guard isSame || isRebuilt && acceptsNewID else {
            throw Failure(
                .mismatch, "the observation is not of the environment in the history",
                why: "it is of '\(binding.ebEnvironment)' (\(binding.ebEnvironmentID)) in account \(binding.account), "
                    + "\(binding.region), and the history has '\(bound.ebEnvironment)' (\(bound.ebEnvironmentID)) in account "
                    + "\(bound.account), \(bound.region)",
                remedy: isRebuilt ? .acceptNewBinding : .useBinding)
        }
        let names = { (decoders: [Kind: String]) in Set(decoders.values.map { $0.drop { $0 != "+" } }) }
        guard acceptsNames || head.decoders.map({ names($0) == names(observation.decoders) }) ?? true else {
            throw Failure(
                .mismatch, "the plain names of the observation differ from those of the newest snapshot",
                why: "values of plain names are stored unredacted, for good",
                remedy: "if that is intended, pass --plain-changed")
        }
    }

    /// Refuses times that cannot be, and an observation that is older than the newest one: whoever can write the file can write them.
    /// - Parameter newest: When the newest snapshot was observed; nil if there is none.
    fileprivate func checkTimes(now: Timestamp, newest: Timestamp?) throws(Failure) {
        let tolerance: Int64 = 5 * 60 * 1000
        guard time.millisecondsSince1970 <= now.millisecondsSince1970 + tolerance,
            observation.finished.millisecondsSince1970 <= now.millisecondsSince1970 + tolerance,
            observation.started <= observation.finished
        else {
            throw Failure(
                .invalid, "the observation of \(time.readable) cannot be recorded",
                why: "its times cannot be: it is \(now.readable)",
                remedy: "check the clock of the machine that observed")
        }
        // AWS's clock has whole seconds: within one, the order of two looks is unknown, and neither is older.
        if let newest, newest.millisecondsSince1970 / 1000 > time.millisecondsSince1970 / 1000 {
            throw Failure.overtaken(self)
        }
    }
}
