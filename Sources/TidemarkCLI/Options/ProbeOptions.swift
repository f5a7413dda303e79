import ArgumentParser
import Tidemark
import TidemarkCI

/// The addresses that are asked when a release is recorded.
struct ProbeOptions: ParsableArguments {
    @Option(
        name: .customLong("probe"),
        help: ArgumentHelp(
            "Ask this address after --wait, and record its status: api=https://HOST/api/v2/. Repeatable. A failed one makes the "
                + "release failed. Default: tidemark.yml's.", valueName: "name=url"))
    var probes: [String] = []

    @Flag(help: "Allow probes of addresses of this machine and its link.")
    var allowLocalProbes = false

    func validate() throws {
        for probe in probes {
            try TextOption("--probe", probe, "NAME=URL").refuseSecrets()
            guard probe.contains("=") else {
                throw ValidationError("--probe '\(probe.printable)' has no name: pass NAME=URL")
            }
        }
    }

    /// Asks the addresses that the options name, and those of the project with other names.
    func prober(of configured: Project.Environment) throws(Failure) -> @Sendable () async throws -> [ProbeResult] {
        var all: [Probe] = []
        for text in probes {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let probe = try Probe(name: parts[0], url: parts[1])
            guard !all.contains(where: { $0.name == probe.name }) else {
                throw Failure(
                    .invalid, "the probe '\(probe.name)' is named twice", remedy: "give each a name of its own")
            }
            all.append(probe)
        }
        let others = configured.probes.filter { probe in !all.contains { $0.name == probe.name } }
        let prober = Prober(transport: Console.transport, allowsLocalAddresses: allowLocalProbes)
        return { [all] in try await prober.ask(all + others) }
    }
}
