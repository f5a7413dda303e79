import CivilTime
import Tidemark

/// A history's file as a store of entries. It is created by the first entry, not before.
package struct FileStore: EntryStore {
    let path: String
    let images: ImageIndex
    let clock: ProgramClock

    package init(path: String, images: ImageIndex, clock: ProgramClock) {
        (self.path, self.images, self.clock) = (path, images, clock)
    }

    package func head(of environment: EnvironmentName) throws(Failure) -> ChainHead? {
        do {
            return try History.open(readingAt: path, images: images).read { database in
                try database.checkReplica(of: nil, path: path)
                return try database.head(of: environment, images)
            }
        } catch let failure where failure.code == .notFound {
            return nil
        }
    }

    package func publish(_ recording: Recording) async throws -> AppendedSnapshot? {
        var recording = recording
        if recording.isToBeSigned {
            // Not within the transaction, which other recorders wait for. It is compared with the head there.
            let head = try head(of: recording.environment)
            recording = try await recording.signed(over: head, now: recording.time(of: clock).at)
        }
        return try History.open(appendingAt: path, images: images).append(recording, clock: clock)
    }

    package func append(_ entry: Entry) throws(Failure) -> Bool {
        try History.open(appendingAt: path, images: images).append(entry)
    }
}
