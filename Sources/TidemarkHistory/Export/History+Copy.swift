import GRDB
import HistoryFiles
import Tidemark

extension History {
    /// Copies the history to a new file in which every content is plain, with the same entries. Other programs can read all of it.
    ///
    /// Recorders can append meanwhile; what they append is not in the copy. The copy gets its name when it is whole and verified.
    /// - Parameter name: The path of the copy.
    /// - Returns: A line for each file that an earlier copy has left beside it.
    /// - Throws: `Failure` for a file that exists or cannot be written, and for a damaged history. No file is left then.
    @discardableResult
    public func copy(to name: String) throws(Failure) -> [String] {
        let file = try UnfinishedFile(name, like: HistoryFile(self.file))
        do {
            try write(to: file)
            try file.finish()
            return file.others.map {
                "'\($0)' is left of an export that did not finish: delete it, unless one is running"
            }
        } catch {
            file.remove()
            throw Failure(error, path: name)
        }
    }

    private func write(to file: UnfinishedFile) throws {
        for environment in try environments() { try verifyChain(of: environment) }
        let (heads, lastContent) = try read { database in
            (try database.heads(), try Int64.fetchOne(database, sql: Embedded.lastContent) ?? 0)
        }
        let queue = try DatabaseQueue(path: file.path, configuration: Self.unjournaled())
        try Schema.migrate(queue, HistoryFile(file.path), images, backsUp: false)
        try queue.write { copy in
            for (environment, head) in heads.sorted(by: { $0.key.rawValue.precedesByUTF8($1.key.rawValue) }) {
                let row = try copy.row(of: environment)
                try forEachEntry(of: environment, upTo: head) { entry throws(Failure) in
                    try file.writing { try copy.insert(entry, of: row, isPlain: true) }
                }
            }
            try forEachContent(upTo: lastContent) { content throws(Failure) in
                try file.writing { try copy.insert(StoredContent(plain: content.bytes), hash: content.hash) }
            }
            try copy.rebuildIndex(images)
        }
        _ = try queue.read { try $0.verify(images, path: file.name) }
        try queue.close()
    }

    /// Keeps the journal in memory: a copy that is ended leaves no second file.
    private static func unjournaled() -> Configuration {
        var configuration = Configuration.writing
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA journal_mode = MEMORY") }
        return configuration
    }
}

extension Database {
    fileprivate func heads() throws -> [EnvironmentName: HeadReference] {
        try environments().reduce(into: [:]) { $0[$1] = try last(of: $1)?.reference }
    }
}
