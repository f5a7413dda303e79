import ArgumentParser
import Tidemark
import TidemarkHistory

/// Which history, and which environment in it.
struct HistoryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The history's file (else TIDEMARK_HISTORY, else tidemark.sqlite).", valueName: "file"))
    var history: String?

    @Option(name: [.customShort("e"), .long], help: "The environment's name; needed where there is more than one.")
    var environment: String?

    /// What tidemark.yml in the current folder says; nothing where there is none.
    func project() throws -> Project {
        guard let text = try Console.readIfThere(Project.file) else { return Project() }
        return try Project(yaml: text, file: Project.file)
    }

    func path(in project: Project) throws(Failure) -> String {
        let path = history ?? Console.variables["TIDEMARK_HISTORY"] ?? project.history ?? "tidemark.sqlite"
        guard !path.hasPrefix("s3://") else {
            throw Failure(
                .invalid, "'\(path)' cannot be used", why: "this tidemark knows no history in a bucket",
                remedy: "name a file with --history")
        }
        guard !path.isEmpty else {
            throw Failure(.invalid, "the history's name is empty", remedy: "name a file with --history")
        }
        return path
    }

    /// The environment that is named, or the project's only one.
    func name(in project: Project) throws(Failure) -> EnvironmentName? {
        if let environment { return try EnvironmentName(environment) }
        return project.environments.count == 1 ? project.environments[0].name : nil
    }

    /// The environment that is named, or the only one that the project or the history has.
    func nameToLookAt(in project: Project, _ path: String) throws(Failure) -> EnvironmentName {
        if let name = try name(in: project) { return name }
        do {
            return try History.open(readingAt: path).environment(nil)
        } catch let failure where failure.code == .notFound {
            let why = [failure.what, failure.why].compactMap(\.self).joined(separator: ": ")
            throw Failure(.invalid, "which environment?", why: why, remedy: "name it with -e")
        }
    }

    /// The history, and the environment that is meant: the named one, the project's only one, or the history's.
    func open() throws -> (log: History, environment: EnvironmentName) {
        let project = try project()
        let log = try History.open(readingAt: path(in: project))
        return (log, try log.environment(name(in: project)))
    }

    /// The history, and the environment that is named, or nil for all of them.
    func openForAll() throws -> (log: History, environment: EnvironmentName?) {
        let log = try History.open(readingAt: path(in: project()))
        return (log, try environment.map { try log.environment(EnvironmentName($0)) })
    }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

struct FormatOptions: ParsableArguments {
    @Option(help: "How to print the report: text or json.")
    var format: OutputFormat = .text

    /// Prints a report in the chosen format.
    func print(text: @autoclosure () -> String, json: @autoclosure () -> String) throws(Failure) {
        switch format {
        case .text: try Console.write(text(), in: .text)
        case .json: try Console.write(json(), in: .json)
        }
    }
}
