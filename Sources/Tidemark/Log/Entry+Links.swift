extension Entry {
    /// Whether `release`, `run` and `note` in the header continue those of the entry before: each is that entry's, or this one.
    ///
    /// An entry with a release names itself. Which images run depends on the kinds that a version knows, so that `run` of a snapshot
    /// may be either. A note names itself, even if its body was erased.
    /// - Parameter before: The header of the entry before; nil for the first one of the chain.
    /// - Throws: `Failure` with the code `history` for a body that cannot be read.
    package func continuesLinks(of before: Header?) throws(Failure) -> Bool {
        // The entries before the first one are unknown, unless it is entry 0.
        guard before != nil || header.seq == .first else { return true }
        guard header.newestNote == (header.kind == .note ? header.seq : before?.newestNote) else { return false }
        let (releases, runs) = ([before?.newestRelease, header.seq], [before?.newestRun, header.seq])
        switch header.kind {
        case .snapshot where bodyText != nil:
            let release = try snapshotBody().release == nil ? releases[0] : header.seq
            return header.newestRelease == release && runs.contains(header.newestRun)
        case .binding, .checkpoint, .moved, .note:
            return header.newestRelease == releases[0] && header.newestRun == runs[0]
        // An erased body, or a kind of a newer version, may have a release.
        default: return releases.contains(header.newestRelease) && runs.contains(header.newestRun)
        }
    }
}
