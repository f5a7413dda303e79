import ArgumentParser
import CivilTime
import Tidemark
import TidemarkAWS

/// Who appends an entry without a walk: a caller whom AWS attests, or somebody without credentials.
struct AttestedOptions: ParsableArguments {
    @OptionGroup var caller: CallerOptions

    @Flag(help: "Do not call AWS: the entry gets no caller, and this machine's time.")
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
