import GRDB
import Tidemark

/// The snapshots at which something may have changed, each with the first entry of a stretch in which nothing did.
struct ChangePoints {
    private let rows: RowCursor
    private var newer: Row?
    /// Whether every snapshot is a step, whatever changed in it.
    var isEverySnapshot = false

    init(_ rows: RowCursor) throws {
        self.rows = rows
        newer = try rows.next()?.copy()
    }

    mutating func next() throws -> Seq? {
        while let row = newer {
            newer = try rows.next()?.copy()
            let isChange: Bool = row["is_change"] || row["has_gaps"] || (newer?["has_gaps"] ?? true)
            if isChange || isEverySnapshot { return Seq(rawValue: row["seq"]) }
        }
        return nil
    }
}

extension Database {
    func changePoints(of environment: EnvironmentName, from seq: Seq) throws -> ChangePoints {
        try ChangePoints(
            Row.fetchCursor(
                makeStatement(sql: Embedded.snapshotsBack),
                arguments: ["environment": environment.rawValue, "seq": seq.rawValue]))
    }
}
