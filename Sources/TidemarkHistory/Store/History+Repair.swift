import GRDB
import Tidemark

extension History {
    /// Puts right what a killed writer left beside a history, before anything is appended to it.
    ///
    /// A journal beside a whole file is set aside under another name; one that restores a torn file is played back.
    /// - Returns: What was done, one line each.
    /// - Throws: `Failure` where neither the file alone nor the journal gives a history that verifies.
    public static func repair(at path: String, images: ImageIndex) throws(Failure) -> [String] {
        let file = try HistoryFile(path)
        do {
            return try file.retrying {
                try file.refuseWriteAheadLog()
                let journal = HotJournal(file: file, images: images)
                guard let status = file.status else { return try journal.refuseIfForeign() }
                if journal.isForeign { return try journal.setAside() }
                // SQLite deletes a journal beside an empty file, and never plays it back.
                guard status.size > 0, try file.hasHotJournal() else { return [] }
                return try settle(journal)
            }
        } catch {
            throw Failure(error, path: path)
        }
    }

    private static func settle(_ journal: HotJournal) throws -> [String]? {
        switch try journal.examine() {
        case .whole(_, let examined):
            return try journal.setAside(ifStill: examined).map { [journal.setAside(as: $0)] }
        case .interrupted:
            do {
                // Whoever opens the file to write plays the journal back.
                try DatabaseQueue(path: journal.file.path, configuration: configuration()).close()
            } catch let error as DatabaseError where error.isOfHotJournal {
                throw Failure.cannot("written", journal.file.name)
            }
            return [journal.playedBack]
        case .changed: return nil
        }
    }
}

extension HistoryFile {
    fileprivate func hasHotJournal() throws -> Bool {
        // Opened in WAL mode, SQLite would make files beside it; and no writer leaves a journal in that mode.
        if try RawFile(path).isInWALMode() {
            return try FileStatus(linkAt: path(beside: "-journal")).map(refuse) ?? false
        }
        do {
            try DatabaseQueue(path: path, configuration: History.readOnly()).close()
            return false
        } catch let error as DatabaseError where error.isOfHotJournal {
            return true
        }
    }

    private func refuse(_ journal: FileStatus) throws(Failure) -> Bool {
        guard journal.size > 0 else { return false }
        throw Failure(
            .history, "'\(name(beside: "-journal"))' is beside a history in WAL mode",
            why: "no writer leaves it there in that mode", remedy: "move the file away")
    }

    /// Does something again while it finds that another process changed the file meanwhile.
    /// - Parameter attempt: Returns nil to be repeated.
    func retrying<Value>(_ attempt: () throws -> Value?) throws -> Value {
        for _ in 0..<10 {
            if let value = try attempt() { return value }
        }
        throw Failure(
            .conflict, "'\(name)' cannot be read", why: "other processes keep changing it", remedy: "try again")
    }
}

extension HotJournal {
    /// Sets aside what is no journal of SQLite's.
    fileprivate func setAside() throws -> [String]? {
        try setAside(ifStill: statuses).map { [setAside(as: $0)] }
    }

    /// There is no history yet whose lock could be taken.
    fileprivate func refuseIfForeign() throws(Failure) -> [String] {
        guard isForeign else { return [] }
        throw Failure(
            .history, "'\(name)' is where the history's journal will be", why: "it is not a regular file",
            remedy: "delete it")
    }
}
