import Tidemark

extension History {
    /// What differs between two moments of an environment; `from` may be the later one.
    /// - Throws: `Failure` where there is no snapshot at one of them, and for a damaged history.
    public func diff(
        of environment: EnvironmentName, from: Moment, to: Moment = .latest(back: 0)
    ) throws(Failure) -> Diff {
        let (from, to) = (try snapshot(of: environment, at: from), try snapshot(of: environment, at: to))
        let fingerprints = try read { database in
            try database.holdFingerprints(of: environment)
            return (
                from: try database.fingerprints(of: environment, at: from.seq),
                to: try database.fingerprints(of: environment, at: to.seq)
            )
        }
        return Diff(from: from, to: to, fingerprints: fingerprints)
    }
}
