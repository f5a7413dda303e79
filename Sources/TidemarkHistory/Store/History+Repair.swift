import GRDB
import HistoryFiles
import Tidemark

extension History {
    /// Repairs what a killed writer left beside a history, before anything is appended to it.
    ///
    /// A journal beside a whole file is set aside under another name; one that restores a torn file is played back.
    /// - Returns: One line for each repair.
    /// - Throws: `Failure` if neither the file alone nor the file with its journal is a history that verifies.
    package static func repair(at path: String, images: ImageIndex) throws(Failure) -> [String] {
        let file = try HistoryFile(path)
        do {
            return try file.retrying {
                try file.refuseWriteAheadLog()
                let journal = HotJournal(file: file, images: images)
                guard let status = file.status else { return try journal.refuseIfForeign() }
                if journal.isForeign { return try journal.setAside() }
                // SQLite deletes a journal beside an empty file, and never plays it back.
                guard status.size > 0, try file.hasHotJournal() else { return [] }
                return try apply(journal)
            }
        } catch {
            throw Failure(error, path: path)
        }
    }

    /// Sets the journal aside, or plays it back. Returns nil if another process changed a file meanwhile.
    private static func apply(_ journal: HotJournal) throws -> [String]? {
        switch try journal.examine() {
        case .whole(_, let examined):
            return try journal.setAside(ifStill: examined).map { [journal.setAside(as: $0)] }
        case .interrupted:
            do {
                // Opening the file for writing plays the journal back.
                try DatabaseQueue(path: journal.file.path, configuration: .writing).close()
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
        // SQLite would create files beside one in WAL mode; and no writer leaves a journal in that mode.
        if try RawFile(path).isInWALMode() {
            return try FileStatus(linkAt: path(beside: "-journal")).map(refuse) ?? false
        }
        do {
            try DatabaseQueue(path: path, configuration: .reading).close()
            return false
        } catch let error as DatabaseError where error.isOfHotJournal {
            return true
        }
    }

    private func refuse(_ journal: FileStatus) throws(Failure) -> Bool {
        guard journal.size > 0 else { return false }
        throw Failure(
            .history, "'\(name(beside: "-journal"))' is beside a history in WAL mode",
            why: "no writer leaves a journal in that mode", remedy: "move the file away")
    }

    /// Repeats an attempt, ten times at most, while another process changes the file.
    /// - Parameter attempt: Returns nil if it must be repeated.
    func retrying<Value>(_ attempt: () throws -> Value?) throws -> Value {
        for _ in 0..<10 {
            if let value = try attempt() { return value }
        }
        throw Failure(
            .conflict, "'\(name)' cannot be read", why: "other processes keep changing it", remedy: "try again")
    }
}

extension HotJournal {
    /// Sets aside a file that has the journal's name and is not a regular file.
    fileprivate func setAside() throws -> [String]? {
        try setAside(ifStill: statuses).map { [setAside(as: $0)] }
    }

    /// Refuses such a file beside a history that does not exist yet: there is no lock under which it could be set aside.
    fileprivate func refuseIfForeign() throws(Failure) -> [String] {
        guard isForeign else { return [] }
        throw Failure(
            .history, "'\(name)' has the name of the history's journal", why: "it is not a regular file",
            remedy: "delete it")
    }
}
