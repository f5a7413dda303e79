import TidemarkBaseline
import TidemarkKinds
import ArgumentParser
import Tidemark
import TidemarkAWS
import TidemarkReports

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Walk a live environment; write tidemark.yml and a first baseline of what is there.",
        discussion: """
            Nothing is recorded, and no file is overwritten.

            Exit status: 0 written, 3 written but not everything could be seen, 1 an error and nothing was written.
            """)

    @Argument(help: "The environment's name: yours, and Elastic Beanstalk's unless --eb-environment names another.")
    var name: String

    @Option(help: ArgumentHelp("Where to write the baseline.", valueName: "file"))
    var baseline: String = "baseline.yml"

    @OptionGroup var aws: AWSOptions

    func run() async throws {
        for file in [Project.file, baseline] {
            guard !Console.exists(file) else {
                throw Failure(.invalid, "'\(file)' exists already", remedy: "edit it, or move it away first")
            }
            try NamedFile.typed(file).checkPath()
        }
        let said = try environment()
        let observation = try await aws.observer(of: said, bound: nil, key: nil).observe(
            at: aws.ebEnvironment(of: said, bound: nil))
        let snapshot = SnapshotView(Snapshot(observation, of: said.name), kinds: .all)
        let draft = try BaselineDraft(of: snapshot, attributes: WireAttributes()).yaml()
        try Console.create(baseline, Self.heading + draft)
        try Console.create(Project.file, Project(environments: [said.bound(to: observation.binding)]).yaml())
        try Console.write(InitReport(snapshot, baseline: baseline, project: Project.file).text, in: .text)
        if !snapshot.gaps.isEmpty { throw ExitStatus.unseen }
    }

    private func environment() throws(Failure) -> Project.Environment {
        var environment = Project.Environment(try EnvironmentName(name))
        environment.ebEnvironment = aws.ebEnvironment
        environment.profile = aws.profile
        environment.baseline = baseline
        return environment
    }

    private static let heading = """
        # What is there now, as 'tidemark init' found it. Keep what your documentation promises, name its section and
        # say why; cut the rest. Where 'exact: true' stands, what you cut is found as drift: cut that line too.

        """
}

extension Project.Environment {
    fileprivate func bound(to binding: EnvironmentBinding) -> Project.Environment {
        var environment = self
        environment.region = binding.region
        return environment
    }
}
