import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkBaseline
import TidemarkKinds
import TidemarkReports

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write tidemark.yml and a first baseline from a live environment.",
        discussion: """
            Nothing is recorded, and no file is overwritten.

            Exit status: 0 written, 3 written but not every question was answered, 1 an error and nothing was written.
            """)

    @Argument(help: "The environment's name, also in Elastic Beanstalk unless --eb-environment differs.")
    var name: String

    @Option(help: ArgumentHelp("The baseline's file.", valueName: "file"))
    var baseline: String = "baseline.yml"

    @OptionGroup var aws: AWSOptions

    func run() async throws {
        for file in [Project.file, baseline] {
            guard !Console.exists(file) else {
                throw Failure(.invalid, "'\(file)' exists already", remedy: "edit it, or move it away")
            }
            try NamedFile.typed(file).checkPath()
        }
        let configured = try environment()
        let observation = try await aws.observer(of: configured, bound: nil, key: nil).observe(
            at: aws.ebEnvironment(of: configured, bound: nil))
        let snapshot = SnapshotView(Snapshot(observation, of: configured.name), kinds: .all)
        let draft = try BaselineDraft(of: snapshot, attributes: WireAttributes()).yaml()
        try Console.create(baseline, Self.heading + Self.remark(on: snapshot.notFollowedHosts) + draft)
        try Console.create(Project.file, Project(environments: [configured.bound(to: observation.binding)]).yaml())
        try Console.write(InitReport(snapshot, baseline: baseline, project: Project.file).text, in: .text)
        if !snapshot.gaps.isEmpty { throw ExitStatus.unseen }
    }

    private func environment() throws(Failure) -> Project.Environment {
        var environment = Project.Environment(try EnvironmentName(name))
        environment.ebEnvironment = aws.ebEnvironment
        environment.profile = aws.caller.profile
        environment.baseline = baseline
        environment.asksForManifests = !aws.noManifests
        return environment
    }

    /// A comment that names the hosts of which the baseline expects nothing.
    private static func remark(on hosts: [NotFollowedHost]) -> String {
        guard !hosts.isEmpty else { return "" }
        let lines = hosts.map { "#   \($0)\n" }.joined()
        return "# Not followed, so that nothing below is expected of what these hosts lead to:\n\(lines)\n"
    }

    private static let heading = """
        # The environment as 'tidemark init' found it. Keep what your documentation promises, and add its 'section' and
        # 'why'; delete the rest. If you delete attributes under 'exact: true', delete that line too, or they will be
        # reported as drift.

        """
}

extension Project.Environment {
    fileprivate func bound(to binding: EnvironmentBinding) -> Project.Environment {
        var environment = self
        environment.region = binding.region
        return environment
    }
}
