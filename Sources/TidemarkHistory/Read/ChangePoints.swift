import GRDB
import Tidemark

/// The snapshots that may differ from the one before, newest first: each is the first of a stretch without a change.
struct ChangePoints {
    private let rows: RowCursor
    private let includesEverySnapshot: Bool
    private var older: Row?

    fileprivate init(_ rows: RowCursor, includesEverySnapshot: Bool) throws {
        self.rows = rows
        self.includesEverySnapshot = includesEverySnapshot
        older = try rows.next()?.copy()
    }

    mutating func next() throws -> Seq? {
        while let row = older {
            older = try rows.next()?.copy()
            let isChange: Bool = row["is_change"] || row["has_gaps"] || (older?["has_gaps"] ?? true)
            if isChange || includesEverySnapshot { return Seq(rawValue: row["seq"]) }
        }
        return nil
    }
}

extension Database {
    func changePoints(
        of environment: EnvironmentName, from seq: Seq, includingEverySnapshot: Bool
    ) throws -> ChangePoints {
        try ChangePoints(
            Row.fetchCursor(
                makeStatement(sql: Embedded.snapshotsBack),
                arguments: ["environment": environment.rawValue, "seq": seq.rawValue]),
            includesEverySnapshot: includingEverySnapshot)
    }
}
