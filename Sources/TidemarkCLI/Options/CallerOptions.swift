import AWSClient
import ArgumentParser
import CivilTime
import Tidemark
import TidemarkAWS

/// The credentials and the region with which AWS is called.
struct CallerOptions: ParsableArguments {
    @Option(
        help:
            "The AWS region. Default: tidemark.yml's, else that of the binding, AWS_REGION, AWS_DEFAULT_REGION or the profile."
    )
    var region: String?

    @Option(
        help:
            "A profile in ~/.aws/config or ~/.aws/credentials. Default: tidemark.yml's, else AWS_PROFILE, else default."
    )
    var profile: String?

    func validate() throws { try TextOption("--region", region, "a region").refuseBlank() }

    /// A client of AWS.
    /// - Parameter configured: The project's settings for the environment; options override them.
    func client(of configured: Project.Environment, bound: EnvironmentBinding?) throws(Failure) -> AWSClient {
        let settings = try AWSSettings.read(profile: profile ?? configured.profile)
        return settings.client(
            region: try settings.region([region, configured.region], bound: bound), role: configured.role)
    }
}

/// Who ends a history: a caller whom AWS attests, or somebody without credentials.
struct AttestedOptions: ParsableArguments {
    @OptionGroup var caller: CallerOptions

    @Flag(help: "Do not ask AWS who and when it is: the entry has no caller, and the time of this machine.")
    var unattested = false

    /// The caller of an entry, and the clock that gives its time.
    struct Attestation {
        /// The ARN, attested by AWS; nil if nobody attested it.
        let caller: String?
        /// AWS's clock when it answered; nil for this machine's.
        let clock: ClockReading?

        func time() -> (at: Timestamp, clock: EntryClock) {
            let clock = ProgramClock.system
            return self.clock.map { ($0.time(at: clock.elapsed()), .aws) } ?? (clock.now(), .machine)
        }
    }

    func attestation(of configured: Project.Environment, bound: EnvironmentBinding?) async throws -> Attestation {
        if unattested { return Attestation(caller: nil, clock: nil) }
        let caller = try await Caller.establish(caller.client(of: configured, bound: bound))
        return Attestation(caller: caller.arn, clock: caller.awsClock)
    }
}
