import ArgumentParser
import Tidemark
import TidemarkBaseline
import TidemarkHistory
import TidemarkKinds

/// The history, and the environment in it.
struct HistoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The history: a file, or s3://BUCKET/PREFIX. Default: TIDEMARK_HISTORY, else tidemark.yml's, else "
                + "tidemark.sqlite.", valueName: "file"))
    var history: String?

    @Flag(help: "Read the local copy of a history in a bucket, without a request to the bucket.")
    var offline = false

    @Option(
        name: [.customShort("e"), .long],
        help: "The environment's name. Default: the only one; 'tags', 'who', 'query' and 'history' take all of them.")
    var environment: String?

    @Option(
        help: ArgumentHelp(
            "The project's file. Default: ./tidemark.yml, which in CI cannot set a profile, a role, plain names or the "
                + "history.", valueName: "file"))
    var project: String?

    @Option(
        help: ArgumentHelp(
            "Refuse a history whose entry N does not have this hash. 'record' prints it.", valueName: "@N:hash"),
        transform: { text in
            if let head = HeadReference(text) { return head }
            throw ValidationError("it is not a head: pass @N:HASH with all 64 digits, as 'record' prints it")
        })
    var head: HeadReference?

    /// The project's file; an empty project if there is none.
    func projectFile() throws -> ProjectFile { try ProjectFile(named: project) }

    func location(in project: ProjectFile) throws(Failure) -> HistoryLocation {
        try HistoryLocation(try named() ?? project.history ?? "tidemark.sqlite", project.project.history)
    }

    /// The history that the option or the variable names; nil without them.
    func named() throws(Failure) -> String? {
        if let history { return history }
        let named = Console.variables["TIDEMARK_HISTORY"]
        guard named?.isEmpty != true else {
            throw Failure(
                .invalid, "the history cannot be used", why: "TIDEMARK_HISTORY is empty",
                remedy: "set it to a file or to s3://BUCKET/PREFIX, or unset it")
        }
        return named
    }

    func validate() throws { try TextOption("--history", history, "a file or s3://BUCKET/PREFIX").refuseBlank() }

    /// The environment that `-e` names, or the project's only one; nil if neither decides.
    func name(in project: ProjectFile) throws(Failure) -> EnvironmentName? {
        if let environment { return try EnvironmentName(environment) }
        let environments = project.project.environments
        return environments.count == 1 ? environments[0].name : nil
    }

    /// The environment that `-e` names, or the only one of the project; the only one of the history if the project names none.
    func nameToObserve(in project: ProjectFile, _ location: HistoryLocation) throws(Failure) -> EnvironmentName {
        if let name = try name(in: project) { return name }
        let names = project.project.environments.map { "'\($0.name)'" }
        guard names.isEmpty else {
            throw Failure(
                .invalid, "no environment was named",
                why: "\(project.name.printable) has \(names.joined(separator: ", "))",
                remedy: .nameEnvironment)
        }
        let nothing = Failure(
            .invalid, "no environment was named, and there is no history at '\(location.name)' yet",
            remedy: .nameEnvironment)
        let log: History
        do throws(Failure) {
            log = try openSilently(location)
        } catch {
            throw error.code == .notFound ? nothing : error
        }
        // The local copy of an empty bucket is an empty history.
        if location.bucket != nil, try log.environments().isEmpty { throw nothing }
        return try log.environment(nil)
    }

    // MARK: Reading

    /// A history that is open for reading, the environment to report on, and the heads at the time of opening.
    struct Opened {
        let log: History
        let environment: EnvironmentName
        let heads: Heads

        /// The snapshot at a moment, with all kinds.
        /// - Parameter other: The snapshot that it is compared with.
        func snapshot(at moment: Moment, beside other: SnapshotView? = nil) throws(Failure) -> SnapshotView {
            SnapshotView(try log.snapshot(of: environment, at: moment, beside: other?.snapshot), kinds: .all)
        }

        /// The drift of a moment from a baseline, each finding with its onset.
        /// - Parameter maximumAge: How old the snapshot may be, in milliseconds; nil for any age.
        func drift(
            at moment: Moment, from baseline: Baseline, isStrict: Bool = false, now: Timestamp, maximumAge: Int64?
        ) throws -> Drift {
            let snapshot = try snapshot(at: moment)
            return try Drift(
                of: snapshot, from: baseline,
                release: log.newestRelease(of: environment, upTo: snapshot.seq), environments: log.environments(),
                earlier: log.earlierEntries(of: environment), isStrict: isStrict,
                now: now, maximumAge: maximumAge
            ).dated(by: log.states(of: environment))
        }
    }

    /// Opens the history for one environment: the one that `-e` names, or the only one of the project or the history.
    func open() throws -> Opened {
        let project = try projectFile()
        return try open(location(in: project), name(in: project))
    }

    /// - Parameter name: The environment; nil for the history's only one.
    func open(_ location: HistoryLocation, _ name: EnvironmentName?) throws(Failure) -> Opened {
        let log = try openLog(location)
        let environment = try log.environment(name)
        if let head { try log.verify(head, in: environment) }
        return Opened(log: log, environment: environment, heads: try heads(of: [environment], in: log))
    }

    /// Opens the history for the environment that `-e` names, or for all of them.
    func openForAll() throws -> (log: History, environment: EnvironmentName?, heads: Heads) {
        let project = try projectFile()
        let log = try openLog(location(in: project))
        let named = try environment.map { try log.environment(EnvironmentName($0)) }
        try verifyHead(in: log)
        return (log, named, try heads(of: named.map { [$0] } ?? log.environments(), in: log))
    }

    /// The head of an environment; nil if nothing was recorded yet.
    func knownHead(of name: EnvironmentName, at location: HistoryLocation) throws(Failure) -> ChainHead? {
        do {
            let log = try openLog(location)
            if let head { try log.verify(head, in: name) }
            return try log.head(of: name)
        } catch let failure where failure.code == .notFound && head == nil {
            return nil
        }
    }

    func openLog(_ location: HistoryLocation) throws(Failure) -> History {
        let log = try openSilently(location)
        Console.note(log.notices)
        return log
    }

    /// Opens the history for reading, without its notices: a later opening prints them.
    func openSilently(_ location: HistoryLocation) throws(Failure) -> History {
        guard location.bucket == nil || Console.exists(location.file) else {
            throw Failure(
                .notFound, "no local copy of '\(location.name)'", why: "it was not read on this machine yet",
                remedy: "leave out --offline")
        }
        let history = try History.open(
            readingAt: location.file, images: KindRegistry.all.images, marks: Console.marks)
        if location.bucket != nil { try history.checkReplica(of: location.name) }
        return history.named(location.name)
    }

    /// Refuses `-e` for a command that takes every environment, unless it says whose head is meant.
    func refuseEnvironment(_ remedy: String) throws {
        guard environment == nil || head != nil else {
            throw ValidationError("-e does not restrict this command: \(remedy)")
        }
    }

    /// Compares the history with the head that `--head` names: that of the named environment, or of the only one.
    func verifyHead(in log: History) throws {
        guard let head else { return }
        let named = try environment.map(EnvironmentName.init) ?? name(in: projectFile())
        try log.verify(head, in: log.environment(named))
    }

    /// A history that has ended does not know what was recorded since.
    private static func notice(_ environment: EnvironmentName, _ move: Move) -> String {
        "the history of '\(environment)' has ended"
            + (move.address.map { " and goes on at '\($0.printable)': what was recorded since is there" } ?? "")
    }

    /// The newest entry of each environment.
    private func heads(of environments: [EnvironmentName], in log: History) throws(Failure) -> Heads {
        var references: [EnvironmentName: HeadReference] = [:]
        for environment in environments {
            references[environment] = try log.newest(of: environment)
            if let move = try log.move(of: environment) { Console.note([Self.notice(environment, move)]) }
        }
        return Heads(references)
    }
}
