import Tidemark

extension History {
    /// Holds every entry of an environment against its hash and the entry before, which an append does for the newest alone.
    /// - Throws: `Failure` for the first that is not the one that was recorded.
    public func verifyChain(of environment: EnvironmentName) throws(Failure) {
        try read { try $0.holdChain(of: environment) }
    }

    /// Verifies that a chain has an entry whose hash somebody kept, and that every entry before and after it is linked to it.
    ///
    /// Reads the whole chain.
    /// - Throws: `Failure` where that entry has another hash or does not exist, or where the chain is broken.
    public func verify(_ head: HeadReference, in environment: EnvironmentName) throws(Failure) {
        let newest = try newest(of: environment)
        try verifyChain(of: environment)
        guard let newest, newest.seq >= head.seq else {
            throw Failure(
                .mismatch, "'\(path)' does not have the entry of --head",
                why: "'\(environment)' \(newest.map { "ends with \($0.seq), before \(head.seq)" } ?? "has no entry")",
                remedy: "restore the history that has it")
        }
        let found = try read { try $0.entry(of: environment, at: head.seq).reference }
        guard found == head else {
            throw Failure(
                .mismatch, "'\(path)' does not have the entry of --head",
                why: "entry \(head.seq) of '\(environment)' has the hash \(found.hash.abbreviated)…",
                remedy: "restore the history that has it")
        }
    }
}
