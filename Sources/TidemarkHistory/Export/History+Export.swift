import GRDB
import Tidemark

extension History {
    /// Visits the entries of an environment's chain, oldest first, each with the contents that the state before it lacks. Whoever
    /// has all of them can verify the log and every content.
    ///
    /// The chain is verified first. Recorders can append meanwhile; what they append is not visited.
    ///
    ///     try history.export(environment) { print($0.line, terminator: "") }
    ///
    /// - Throws: `Failure` for a damaged history; what `visit` throws.
    public func export(
        _ environment: EnvironmentName, _ visit: (ExportedEntry) throws(Failure) -> Void
    ) throws(Failure) {
        try verifyChain(of: environment)
        guard let last = try newest(of: environment) else { return }
        var shown = ShownContents()
        try forEachEntry(of: environment, upTo: last) { entry throws(Failure) in
            let hashes = try shown.apply(entry)
            let contents = try read { database in
                try hashes.map { ($0, String(decoding: try database.contentBytes(of: $0), as: UTF8.self)) }
            }
            try visit(ExportedEntry(entry: entry, contents: Dictionary(uniqueKeysWithValues: contents)))
        }
    }
}
