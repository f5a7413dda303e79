import GRDB
import Synchronization
import Tidemark

extension DatabaseFunction {
    /// The function `content(hash)` of queries.
    static func content(
        _ text: @escaping @Sendable (DatabaseValue) throws -> String?
    ) -> DatabaseFunction {
        DatabaseFunction("content", argumentCount: 1, pure: true) { try text($0[0]) }
    }
}

extension Database {
    /// Adds the function `content(hash)` while a closure runs.
    func withContentFunction(_ body: () throws -> Void) throws {
        // SQLite calls a function on the thread that runs the statement, which has this database.
        nonisolated(unsafe) let database = self
        // SQLite keeps the text of an error alone.
        let failure = Mutex<Failure?>(nil)
        let function = DatabaseFunction.content { value in
            do {
                return try database.contentText(value)
            } catch let error as Failure {
                failure.withLock { $0 = error }
                throw error
            }
        }
        add(function: function)
        defer { remove(function: function) }
        do { try body() } catch { throw failure.withLock(\.self) ?? error }
    }

    /// The JSON text of the content with a hash, verified; nil for null.
    private func contentText(_ value: DatabaseValue) throws -> String? {
        if value.isNull { return nil }
        let text = String.fromDatabaseValue(value) ?? value.description
        guard let hash = ContentHash(hexadecimal: text) else {
            throw Failure(
                .invalid, "content() found no hash", why: "'\(text.printable)' does not have 64 hexadecimal digits",
                remedy: "pass a content_hash of the view 'facet_history'")
        }
        let row = try Row.fetchOne(cachedStatement(sql: Embedded.content), arguments: ["hash": hash.data])
        guard let bytes = try row?.contentBytes() else {
            throw Failure(.notFound, "no content has the hash '\(hash)'")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
