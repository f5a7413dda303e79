import Tidemark

extension History {
    /// Verifies everything in the history: every page, entry, content and state, and the index.
    /// - Parameter signature: Verifies the signature of a release; nil to count them only.
    /// - Returns: What the history has.
    /// - Throws: `Failure` for the first thing that differs from what was recorded.
    @discardableResult
    public func verify(
        signature: ((SignedRelease) throws(Failure) -> Void)? = nil
    ) throws(Failure) -> Verification {
        try read { database in
            let verification = try database.verify(images, path: path, signature: signature)
            mark?.write(for: Array(verification.entries.keys))
            return verification
        }
    }

    /// Verifies every entry of an environment's chain; an append verifies the head alone.
    /// - Throws: `Failure` for the first entry that differs from the recorded one.
    package func verifyChain(of environment: EnvironmentName) throws(Failure) {
        try read { try $0.forEachEntry(of: environment) }
    }

    /// Verifies that a chain has an entry whose hash was kept elsewhere, and that all of its entries are linked.
    ///
    /// Reads the whole chain.
    /// - Throws: `Failure` with the code `mismatch` if the entry has another hash or does not exist, and `history` if the chain
    ///   is broken.
    public func verify(_ head: HeadReference, in environment: EnvironmentName) throws(Failure) {
        let newest = try newest(of: environment)
        try verifyChain(of: environment)
        guard let newest, newest.seq >= head.seq else {
            let end = newest.map { "ends with \($0.seq), before \(head.seq)" } ?? "has no entry"
            throw mismatch(head, why: "'\(environment)' \(end)")
        }
        let (found, removed) = try read { database in
            (try database.keptEntry(of: environment, at: head.seq)?.reference, try database.removed(from: environment))
        }
        guard found == head else {
            let hash = found.map { "entry \(head.seq) of '\(environment)' has the hash \($0.hash.abbreviated)…" }
            throw mismatch(head, why: hash ?? removed ?? "it was removed")
        }
    }

    private func mismatch(_ head: HeadReference, why: String) -> Failure {
        Failure(
            .mismatch, "'\(path)' does not have the entry \(head.seq):\(head.hash.abbreviated)…", why: why,
            remedy: "restore the history that has it")
    }
}
