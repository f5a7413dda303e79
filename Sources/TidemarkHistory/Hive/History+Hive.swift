import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

extension History {
    /// Writes the views, and the contents by their hashes, as JSON Lines in Hive-style partitions: `TABLE/environment=NAME/TABLE.jsonl`.
    ///
    /// Recorders can append meanwhile; what they append is not in the export. The folder gets its name when it is whole.
    /// - Parameters:
    ///   - environments: The environments to export, at least one.
    ///   - name: The path of the folder, which is new or empty.
    ///   - more: The texts of files that are written beside the tables, by their names.
    /// - Returns: A line for each folder that an earlier export has left beside it.
    /// - Throws: `Failure` for a folder that cannot be written, and for a damaged history. No folder is left then.
    public func export(
        _ environments: [EnvironmentName], toFolder name: String,
        with more: ([ExportedTable]) -> [String: String] = { _ in [:] }
    ) throws(Failure) -> [String] {
        guard !environments.isEmpty else {
            throw Failure(.notFound, "'\(path)' has no environment", remedy: "record a snapshot first")
        }
        let folder = try UnfinishedFolder(
            name, like: HistoryFile(file), folders: HiveTable.all.flatMap { $0.folders(environments) },
            files: HiveTable.all.flatMap { $0.files(environments) } + [Self.copyName] + more([]).keys)
        do {
            try write(environments, to: folder, with: more)
            try folder.finish()
        } catch {
            folder.remove()
            throw Failure(error, path: name)
        }
        return folder.others.map {
            "'\($0)' is left of an export that did not finish: delete it, unless one is running"
        }
    }

    private static let copyName = "copy.sqlite"

    private func write(
        _ environments: [EnvironmentName], to folder: UnfinishedFolder, with more: ([ExportedTable]) -> [String: String]
    ) throws {
        // Who reads the history itself for so long keeps recorders waiting.
        let copy = "\(folder.path)/\(Self.copyName)"
        try self.copy(to: copy)
        let history = try History.open(readingAt: copy, images: images)
        try history.read { database in
            try database.withContentFunction {
                let tables = try HiveTable.all.map { try database.write($0, of: environments, to: folder) }
                for (name, text) in more(tables) { try folder.write(text, to: name) }
            }
        }
        folder.remove(Self.copyName)
    }
}

extension Database {
    /// Writes the files of a table.
    fileprivate func write(
        _ table: HiveTable, of environments: [EnvironmentName], to folder: UnfinishedFolder
    ) throws -> ExportedTable {
        let statement = try makeStatement(sql: table.sql)
        let columns = statement.columnNames.map(ExportedColumn.init)
        for (environment, file) in zip(environments, table.files(environments)) {
            var lines = try folder.file(file)
            let rows = try Row.fetchCursor(statement, arguments: ["environment": environment.rawValue])
            while try rows.next() != nil { try lines.add(columns.line(of: statement.values)) }
            try lines.flush()
        }
        return ExportedTable(table.name, columns: columns)
    }
}

extension [ExportedColumn] {
    /// A row as a line of JSON.
    fileprivate func line(of values: [QueryValue]) -> [UInt8] {
        var row = JSONObject()
        for (column, value) in zip(self, values) { row[column.name] = column.json(value) }
        return JSON.object(row).canonicalBytes + [UInt8(ascii: "\n")]
    }
}

extension ExportedColumn {
    fileprivate func json(_ value: QueryValue) -> JSON {
        if case .integer(let number) = value, isInteger { return JSON(number) }
        return value.text.map(JSON.string) ?? .null
    }
}
