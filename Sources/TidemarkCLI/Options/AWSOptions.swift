import AWSClient
import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkKinds

/// The environment in AWS, and how to call it.
struct AWSOptions: ParsableArguments {
    @Option(
        help:
            "The name in Elastic Beanstalk. Default: tidemark.yml's, else that of the binding, else the environment's.")
    var ebEnvironment: String?

    @OptionGroup var caller: CallerOptions

    @Option(
        help: ArgumentHelp("A file with the key for fingerprints of secrets. Default: TIDEMARK_KEY.", valueName: "file")
    )
    var keyFile: String?

    @Flag(name: [.short, .long], help: "Print the outcome of each question on stderr.")
    var verbose = false

    @Flag(
        help: ArgumentHelp(
            "Do not ask ECR for the manifests of images, which sets their time of the last pull. Whether two digests are the "
                + "same image is then unknown, unless it was recorded before."))
    var noManifests = false

    func validate() throws {
        try TextOption("--eb-environment", ebEnvironment, "a name").refuseBlank()
    }

    /// - Parameter configured: The project's settings for the environment; options override them.
    func observer(
        of configured: Project.Environment, bound: EnvironmentBinding?, key: FingerprintKey?
    ) throws(Failure) -> Observer {
        let watch = WalkProgress(configured.name, isVerbose: verbose)
        return Observer(
            client: try caller.client(of: configured, bound: bound), kinds: kinds(of: configured),
            names: configured.propertyNames, key: key, report: watch.show)
    }

    /// The kinds to ask for.
    func kinds(of configured: Project.Environment) -> KindRegistry {
        noManifests || !configured.asksForManifests ? .all.without(KindRegistry.manifests) : .all
    }

    /// Prints that manifests are not asked for, if so.
    func noteManifests(of configured: Project.Environment) {
        guard kinds(of: configured)[.ecrManifest] == nil else { return }
        Console.note(
            "tidemark: manifests of images are not asked for: whether two digests are the same image is unknown, unless "
                + "it was recorded before")
    }

    /// Elastic Beanstalk's name for the environment: the option's, the project's, that of the binding, or the same name.
    func ebEnvironment(of configured: Project.Environment, bound: EnvironmentBinding?) -> String {
        ebEnvironment ?? configured.ebEnvironment ?? bound?.ebEnvironment ?? configured.name.rawValue
    }

    /// Prints how many calls the walk made, and how long it took.
    func report(_ observation: EnvironmentObservation) {
        guard verbose else { return }
        let recorded = observation.statistics.recordedAnswers
        if recorded > 0 { Console.note("questions answered from the history: \(recorded)") }
        // The caller is established by a call before the walk.
        let (calls, chain) = (observation.statistics.calls + 1, observation.statistics.longestChain + 1)
        let milliseconds = observation.finished.millisecondsSince1970 - observation.started.millisecondsSince1970
        Console.note("\(calls) calls, the longest chain of them \(chain), in \(milliseconds) ms")
    }

    /// The key in the file of `--key-file`, else in `TIDEMARK_KEY`; nil without either.
    func fingerprintKey() throws(Failure) -> FingerprintKey? {
        if let keyFile {
            let bytes = try NamedFile.typed(keyFile).read(
                "key", takesPipes: true, remedy: "make one with 'openssl rand -hex 32'")
            return try FingerprintKey(bytes.trimmingNewlines)
        }
        guard let text = Console.variables["TIDEMARK_KEY"], !text.isEmpty else { return nil }
        return try FingerprintKey(Array(text.utf8).trimmingNewlines)
    }
}

extension [UInt8] {
    /// The bytes without the line end that an editor or a shell adds to a file.
    fileprivate var trimmingNewlines: [UInt8] {
        Array(reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.reversed())
    }
}
