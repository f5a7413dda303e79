import GRDB
import HistoryFiles
import Tidemark

/// The log of every environment, in one SQLite file.
///
/// A history that is open for reading changes no file.
///
///     let history = try History.open(readingAt: "tidemark.sqlite", images: KindRegistry.all.images)
///     for deployment in try history.deployments(of: "v10") { print(deployment.at, deployment.actor) }
public struct History: Sendable {
    /// The file's name, as it was passed to `open`.
    public let path: String
    /// Warnings about the file, one line each: an ignored journal, hard links, permissions.
    public let notices: [String]
    /// The file's name, whatever name messages have for the history.
    let file: String
    let database: DatabaseQueue
    let images: ImageIndex
    /// The mark of the file; nil where it is never read or written, as for a copy.
    let mark: FileMark?
    let verified = VerifiedEnvironments()

    init(
        path: String, file: String? = nil, database: DatabaseQueue, notices: [String] = [], images: ImageIndex,
        mark: FileMark? = nil
    ) {
        self.path = path
        self.file = file ?? path
        self.notices = notices
        self.database = database
        self.images = images
        self.mark = mark
    }

    /// The history under another name in messages.
    package func named(_ name: String) -> History {
        History(path: name, file: file, database: database, notices: notices, images: images, mark: mark)
    }

    /// The environments that have a log in this history, sorted by name.
    /// - Throws: `Failure` for a damaged history.
    public func environments() throws(Failure) -> [EnvironmentName] {
        try read { try $0.environments() }
    }

    /// The environment of that name, or without a name the only one of this history.
    /// - Throws: `Failure` with the code `notFound` if the environment does not exist, or there is no name and not exactly one
    ///   environment, and `history` for a damaged history.
    public func environment(_ name: EnvironmentName?) throws(Failure) -> EnvironmentName {
        let all = try environments()
        if let name {
            if all.contains(name) { return name }
            throw Failure(
                .notFound, "no environment '\(name)' in '\(path)'",
                why: all.isEmpty ? "it has none" : "it has \(all.map { "'\($0)'" }.joined(separator: ", "))",
                remedy: all.count == 1 ? .useEnvironment(all[0]) : all.isEmpty ? .recordFirst : .nameEnvironment)
        }
        let open = all.count > 1 ? try read { database in try all.filter { try database.move(of: $0) == nil } } : all
        guard let only = open.first, open.count == 1 else {
            throw Failure(
                .notFound, all.isEmpty ? "no environment in '\(path)'" : "more than one environment in '\(path)'",
                why: all.isEmpty ? nil : "it has \(all.map { "'\($0)'" }.joined(separator: ", "))",
                remedy: all.isEmpty ? "record a snapshot first" : .nameEnvironment)
        }
        return only
    }

    /// Reads within one transaction, and converts SQLite's errors to failures.
    func read<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw Failure(error, path: path)
        }
    }
}
