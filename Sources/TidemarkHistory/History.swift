import GRDB
import Tidemark

/// The log of every environment, in one SQLite file.
///
/// Opened for reading it changes nothing; opened for appending, `append` is the only way to write to the log.
public struct History: Sendable {
    /// The file, as it was named when the history was opened.
    public let path: String
    /// What the user should know of the file: a journal that was ignored, hard links; one line each.
    public let notices: [String]
    let database: DatabaseQueue
    /// How images are found in descriptions, for the index.
    let images: ImageIndex

    init(path: String, database: DatabaseQueue, notices: [String] = [], images: ImageIndex) {
        self.path = path
        self.notices = notices
        self.database = database
        self.images = images
    }

    /// The environments that have a chain here, by name.
    public func environments() throws(Failure) -> [EnvironmentName] {
        try read { try $0.environments() }
    }

    /// The environment that is meant: the named one, or the only one there is.
    /// - Throws: `Failure` where there is no such environment, none at all, or more than one to choose from.
    public func environment(_ name: EnvironmentName?) throws(Failure) -> EnvironmentName {
        let all = try environments()
        if let name {
            if all.contains(name) { return name }
            throw Failure(
                .notFound, "no environment '\(name)' in '\(path)'",
                why: all.isEmpty ? "it holds none" : "it holds \(all.map { "'\($0)'" }.joined(separator: ", "))",
                remedy: "record a snapshot of it first, or pass --history")
        }
        guard let only = all.first, all.count == 1 else {
            throw Failure(
                .notFound, all.isEmpty ? "no environment in '\(path)'" : "more than one environment in '\(path)'",
                why: all.isEmpty ? nil : "it holds \(all.map { "'\($0)'" }.joined(separator: ", "))",
                remedy: all.isEmpty ? "record a snapshot first" : "choose one with -e")
        }
        return only
    }

    /// Reads within one transaction, and turns SQLite's errors into failures.
    func read<Value>(_ body: (Database) throws -> Value) throws(Failure) -> Value {
        do {
            return try database.read(body)
        } catch {
            throw Failure(error, path: path)
        }
    }
}
