import Tidemark

extension History {
    /// What differs between two moments of an environment; `from` may be the later one.
    /// - Throws: `Failure` where there is no snapshot at one of them, and for a damaged history.
    public func diff(
        of environment: EnvironmentName, from: Moment, to: Moment = .latest(back: 0)
    ) throws(Failure) -> Diff {
        Diff(from: try snapshot(of: environment, at: from), to: try snapshot(of: environment, at: to))
    }
}
