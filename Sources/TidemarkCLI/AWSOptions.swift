import TidemarkKinds
import AWSClient
import ArgumentParser
import Logging
import Tidemark
import TidemarkAWS

/// Where to look in AWS, and how.
struct AWSOptions: ParsableArguments {
    @Option(
        help: "The Elastic Beanstalk environment's name (else the one it is bound to, else the environment's name).")
    var ebEnvironment: String?

    @Option(help: "The AWS region (else the one it is bound to, else AWS_REGION, AWS_DEFAULT_REGION, the profile's).")
    var region: String?

    @Option(help: "The profile of ~/.aws/config and ~/.aws/credentials to use (else AWS_PROFILE, else default).")
    var profile: String?

    @Option(
        help: ArgumentHelp("A file with the key for fingerprints of secrets (else TIDEMARK_KEY).", valueName: "file"))
    var keyFile: String?

    @Flag(name: [.short, .long], help: "Say on stderr how each question was answered.")
    var verbose = false

    /// - Parameter said: What the project says of the environment; an option counts more.
    func observer(
        of said: Project.Environment, bound: EnvironmentBinding?, key: FingerprintKey?
    ) throws(Failure) -> Observer {
        let settings = try settings(of: said)
        var client = AWSClient(
            settings, region: try region(of: said, bound: bound, settings),
            transport: CurlTransport(settings.transport),
            userAgent: "tidemark/\(Version.current)", logger: logger)
        if let role = said.role { client = client.assuming(role) }
        let watch = WalkProgress(said.name, isVerbose: verbose)
        return Observer(
            client: client, kinds: .all, names: said.propertyNames, key: key, report: watch.show)
    }

    /// Elastic Beanstalk's name for the environment: the one that is passed, said, bound, or else the same.
    func ebEnvironment(of said: Project.Environment, bound: EnvironmentBinding?) -> String {
        ebEnvironment ?? said.ebEnvironment ?? bound?.ebEnvironment ?? said.name.rawValue
    }

    /// Says what the walk took.
    func report(_ observation: EnvironmentObservation) {
        guard verbose else { return }
        // Who asks is established by a call before all others.
        let (calls, chain) = (observation.effort.calls + 1, observation.effort.longestChain + 1)
        let milliseconds = observation.finished.millisecondsSince1970 - observation.started.millisecondsSince1970
        Console.note("\(calls) calls, the longest chain of them \(chain), in \(milliseconds) ms")
    }

    private var logger: Logger {
        var logger = Logger(label: "tidemark") { StreamLogHandler(label: $0, stream: ConsoleLog()) }
        logger.logLevel = Console.isDebugging ? .debug : .error
        return logger
    }

    private func settings(of said: Project.Environment) throws(Failure) -> AWSSettings {
        do {
            return try AWSSettings(Console.variables, profile: profile ?? said.profile)
        } catch {
            throw Failure(.invalid, error.message)
        }
    }

    private func region(
        of said: Project.Environment, bound: EnvironmentBinding?, _ settings: AWSSettings
    ) throws(Failure) -> String {
        let candidates = [region, said.region, bound?.region, settings.region]
        if let region = candidates.compactMap({ $0 }).first(where: { !$0.isEmpty }) { return region }
        throw Failure(.invalid, "no AWS region", why: "none was named", remedy: .nameRegion)
    }

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

extension AWSSettings {
    fileprivate var transport: CurlTransport.Configuration {
        var configuration = CurlTransport.Configuration(certificateAuthorities: certificateAuthorities)
        configuration.maximumTransfers = SystemLimits.connections(atMost: configuration.maximumTransfers)
        return configuration
    }
}

extension [UInt8] {
    /// The bytes without the line end that an editor or a shell adds to a file.
    fileprivate var trimmingNewlines: [UInt8] {
        Array(reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.reversed())
    }
}
