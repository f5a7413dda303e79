import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Empties the tables that are derived from the log, and fills them again.
    /// - Throws: `Failure` for a damaged log, for pages of the index that cannot be emptied, and for a file that cannot be written.
    public func rebuildIndex() throws(Failure) {
        try writeInTransaction { database in
            do {
                try database.execute(sql: Embedded.emptyIndex)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                throw Failure(
                    .history, "the index of '\(path)' cannot be rebuilt in its file", why: "its pages are damaged",
                    remedy: .copyHistory)
            }
            try database.fillIndex(images)
        }
    }
}

extension Database {
    func rebuildIndex(_ images: ImageIndex) throws {
        try execute(sql: Embedded.emptyIndex)
        try fillIndex(images)
    }

    /// Fills the tables that are derived from the log, which are empty.
    fileprivate func fillIndex(_ images: ImageIndex) throws {
        let rows = try Row.fetchCursor(self, sql: Embedded.entries)
        var (environment, replay) = (Int64?.none, ChainReplay())
        var running = DeploymentReplay?.none
        while let row = try rows.next() {
            let entry = try row.entry()
            if environment != row["environment"] {
                (environment, replay, running) = (row["environment"], ChainReplay(), DeploymentReplay(images: images))
            }
            let change = try replay.add(entry).map(replay.indexed)
            try writer(of: row["environment"], images).add(entry, change, &running)
        }
        try fillCurrent(images)
        try setDerivation(images)
    }

    func setDerivation(_ images: ImageIndex) throws {
        try run(Embedded.insertDerivation, ["version": images.version])
    }

    /// Whether the index was derived as this program derives it.
    func isIndexed(by images: ImageIndex) throws -> Bool {
        try String.fetchAll(self, sql: Embedded.derivation) == [images.version]
    }

    private func fillCurrent(_ images: ImageIndex) throws {
        for row in try Row.fetchAll(self, sql: Embedded.newestVersions) {
            guard let hash = try row.hash() else { continue }
            try writer(of: row["environment"], images).setCurrent(
                row.facet, row["facet"], at: Seq(rawValue: row["seq"]), to: hash, content(hash).canonical)
        }
    }

    /// Writes what is derived from the log, reading the contents of the file.
    func writer(of environment: Int64, _ images: ImageIndex) -> IndexWriter {
        IndexWriter(database: self, environment: environment, images: images) { [self] change in
            try change.content.map(content)
        }
    }
}
