import Tidemark
import TidemarkBaseline

/// The project's file as a command reads it: `tidemark.yml` in the current folder, or the one that `--project` names.
///
/// The paths in it are relative to its folder.
struct ProjectFile {
    let name: String
    /// False if there is no `tidemark.yml` in the current folder.
    let exists: Bool
    let project: Project

    /// - Parameter named: The file that `--project` names, which is trusted; nil for `tidemark.yml`.
    init(named: String?) throws {
        name = named ?? Project.file
        let file = NamedFile.typed(name)
        exists = named != nil || Console.exists(name)
        guard exists else {
            project = Project()
            return
        }
        let text = try file.readText("project", remedy: named == nil ? "check it" : "pass another --project FILE")
        project = try Project(yaml: text, file: name, kinds: .all)
        if named == nil { try refuseInCI() }
    }

    /// Refuses the keys that need trust. In CI a pull request may have written the file, and it must not choose an identity,
    /// the values that are stored unredacted, or the history.
    private func refuseInCI() throws(Failure) {
        let keys = project.trustedKeys
        guard Console.isInCI, !keys.isEmpty else { return }
        let list = keys.map { "'\($0)'" }.joined(separator: ", ")
        throw Failure(
            .invalid, "\(list) in \(name) cannot be used in CI",
            why: "CI is set, and a pull request may have written them",
            remedy: "if the file is trusted, pass --project \(name)")
    }

    /// The history's file, or its address in a bucket; nil if the project names none.
    var history: String? {
        project.history.map { HistoryLocation.isBucket($0.url) ? $0.url : FilePath.resolve($0.url, beside: name) }
    }

    /// The baseline of an environment; nil if the project names none.
    func baseline(of environment: EnvironmentName) -> NamedFile? {
        project.environment(environment).flatMap(baseline)
    }

    /// Every baseline that the project names.
    var baselines: [NamedFile] { project.environments.compactMap(baseline) }

    private func baseline(of environment: Project.Environment) -> NamedFile? {
        environment.baseline.map { NamedFile(name: FilePath.resolve($0, beside: name), source: .file(name)) }
    }
}
