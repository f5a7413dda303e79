import GRDB
import GRDBSQLite
import Tidemark

/// A check that a statement reads nothing but the views, made before the statement is run.
///
/// The statement is compiled in an empty database in which every view and table of a history is a table with the same columns.
/// There SQLite's authorizer is asked for exactly what the statement itself names; in the history, a common table expression with
/// the name of a view would look like the view (<https://www.sqlite.org/c3ref/set_authorizer.html>).
final class QueryCheck {
    private let privateTables: Set<String>
    private var refusal: String?

    private init(privateTables: Set<String>) { self.privateTables = privateTables }

    /// - Throws: `Failure` for a statement that does not compile, or is not one SELECT over the views.
    static func check(_ sql: String) throws {
        let tables = try Schema.inNewDatabase { new in
            try String.fetchAll(new, sql: Embedded.tables).map { name in
                let columns = try new.columns(in: name).map(\.name.quotedDatabaseIdentifier)
                return (name, "CREATE TABLE \(name.quotedDatabaseIdentifier) (\(columns.joined(separator: ", ")))")
            }
        }
        try DatabaseQueue().writeWithoutTransaction { empty in
            for (_, table) in tables { try empty.execute(sql: table) }
            // Their first use creates them, which the authorizer would refuse.
            try empty.execute(sql: "SELECT 1 FROM json_each('[]'), json_tree('[]')")
            empty.add(function: .content { _ in nil })
            let check = QueryCheck(privateTables: Set(tables.map(\.0)).subtracting(Schema.views))
            try check.check(sql, compilingIn: empty)
        }
    }

    private func check(_ sql: String, compilingIn empty: Database) throws {
        sqlite3_set_authorizer(
            empty.sqliteConnection,
            { check, action, first, second, _, _ in
                guard let check else { return SQLITE_DENY }
                return Unmanaged<QueryCheck>.fromOpaque(check).takeUnretainedValue()
                    .authorize(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
            }, Unmanaged.passUnretained(self).toOpaque())
        // SQLite does not retain this object.
        defer { withExtendedLifetime(self) { _ = sqlite3_set_authorizer(empty.sqliteConnection, nil, nil) } }
        let statements = try empty.allStatements(sql: sql)
        do {
            guard let statement = try statements.next() else { throw Failure.refused("it is empty") }
            // The authorizer is not asked for VACUUM.
            let isExplained = sqlite3_stmt_isexplain(statement.sqliteStatement) != 0
            guard statement.isReadonly, !isExplained else { throw Failure.refused("it is not a SELECT") }
            guard sqlite3_bind_parameter_count(statement.sqliteStatement) == 0 else {
                throw Failure.refused("it has a parameter without a value")
            }
        } catch let error as DatabaseError {
            if let refusal { throw Failure.refused(refusal) }
            throw error.ofQuery(else: .readViews)
        }
        guard Self.isAtEnd(statements) else { throw Failure.refused("it has more than one statement") }
    }

    /// Whether no other statement follows, be it a valid one or not.
    private static func isAtEnd(_ statements: SQLStatementCursor) -> Bool {
        do { return try statements.next() == nil } catch { return false }
    }

    // MARK: Authorizer

    /// The functions that load machine code.
    private static let refusedFunctions: Set = ["load_extension", "fts3_tokenizer"]

    /// - Parameters:
    ///   - first: The table that is read.
    ///   - second: The function that is called.
    private func authorize(_ action: Int32, _ first: String?, _ second: String?) -> Int32 {
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_READ:
            // SQLite names a common table expression too, of which no column is read.
            let table = first ?? ""
            let isPrivate = privateTables.contains(table) || table.hasPrefix("sqlite_")
            return isPrivate ? refuse("the table '\(table.printable)' is private") : SQLITE_OK
        case SQLITE_FUNCTION:
            let function = (second ?? "").lowercased()
            return Self.refusedFunctions.contains(function) ? refuse("it calls '\(function)'") : SQLITE_OK
        default: return refuse("it is not a SELECT")
        }
    }

    private func refuse(_ why: String) -> Int32 {
        refusal = refusal ?? why
        return SQLITE_DENY
    }
}

extension Failure {
    fileprivate static func refused(_ why: String) -> Failure {
        Failure(.invalid, "the query is refused", why: why, remedy: .readViews)
    }
}

extension DatabaseError {
    /// The failure of a query, or the error itself if it is one of the history's file.
    /// - Parameter remedy: What to do, unless the message says which name is wrong.
    func ofQuery(else remedy: Remedy) -> any Error {
        let ofStatements: [ResultCode] = [.SQLITE_ERROR, .SQLITE_MISUSE, .SQLITE_MISMATCH, .SQLITE_TOOBIG]
        guard ofStatements.contains(resultCode) else { return self }
        let why = message?.printable ?? "\(resultCode)"
        let isOfColumn = why.hasPrefix("no such column: ")
        return Failure(
            .invalid, "the query fails", why: why,
            remedy: isOfColumn ? "select * from the view to see its columns" : remedy)
    }
}

extension Remedy {
    fileprivate static var readViews: Remedy {
        "write one SELECT over the views \(Schema.views.joined(separator: ", "))"
    }
}
