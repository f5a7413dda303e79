import GRDB

extension Configuration {
    /// The configuration of a connection that reads a history.
    package static var reading: Configuration {
        var reading = writing
        reading.readonly = true
        return reading
    }

    /// The configuration of a connection that writes to a history.
    package static var writing: Configuration {
        var writing = Configuration()
        writing.busyMode = .timeout(10)
        writing.prepareDatabase { database in
            // EXTRA also syncs the directory after the journal is deleted, so that a commit survives a power cut.
            try database.execute(sql: "PRAGMA synchronous = EXTRA")
        }
        return writing
    }
}
