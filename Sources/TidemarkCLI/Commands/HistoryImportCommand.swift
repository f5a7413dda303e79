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
            attests, and when. If another snapshot was recorded since the observation, it is refused: an older look never \
            overwrites a newer one. A file is recorded once.

            Recorded resources that the walk did not come to are unseen in the snapshot.

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

    func validate() throws {
        guard history.offline else { return }
        throw ValidationError("--offline records nothing: leave it out")
    }

    func run() async throws {
        let bytes = try NamedFile.typed(file).read(
            "observation", atMost: Self.largest, remedy: .nameObservation)
        let file = try ObservationFile(bytes, named: file)
        let project = try history.projectFile()
        let location = try history.location(in: project)
        let environment = file.environment
        if let named = history.environment, try EnvironmentName(named) != environment {
            throw Failure(
                .mismatch, "the file is of '\(environment)', not of '\(named)'", remedy: "leave out -e")
        }
        try await history.pull(environment, from: location, isRecorded: true)
        let head = try history.knownHead(of: environment, at: location)
        if head == nil, !newHistory { try await history.refuseToBegin(environment, at: location, in: project) }
        if let head, let entry = try location.open().entry(of: environment, by: file.attempt, since: file.time) {
            return try Console.write(
                "'\(self.file.printable)' was recorded already as \(entry.reference), \(head.reference) is the newest\n",
                in: .text)
        }
        try file.check(against: head, acceptsNewID: rebind, acceptsNames: plainChanged)
        let configured = project.project.environment(environment) ?? Project.Environment(environment)
        let attestation = try await attested.attestation(of: configured, bound: file.observation.binding)
        let recording = Recording(
            file, over: head,
            after: try head.flatMap { _ in try location.open().newestSnapshot(of: environment, by: file.time) },
            caller: attestation.caller, clock: attestation.clock)
        guard let appended = try await location.publish(recording) else { throw overtaken(by: head) }
        let report = RecordReport(appended, kinds: .all)
        try output.print(text: report.text(Console.style), json: report.json)
    }

    private func overtaken(by head: ChainHead?) -> Failure {
        Failure(
            .conflict, "'\(file.printable)' was not recorded",
            why:
                "another snapshot was recorded since, up to \(head?.reference.description ?? "the end"), and an older look never "
                + "overwrites a newer one",
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
}
