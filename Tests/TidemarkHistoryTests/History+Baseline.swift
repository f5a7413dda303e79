import Tidemark
import TidemarkBaseline
import TidemarkKinds

@testable import TidemarkHistory

/// A history and a baseline together, as the command line puts them.
extension History {
    func drift(
        of environment: EnvironmentName, at moment: Moment, from baseline: Baseline, now: Timestamp,
        maximumAge: Int64?
    ) throws -> Drift {
        let snapshot = try snapshot(of: environment, at: moment)
        return try Drift(
            of: SnapshotView(snapshot, kinds: .all), from: baseline,
            release: newestRelease(of: environment, upTo: snapshot.seq), environments: environments(),
            earlier: earlierEntries(of: environment), now: now,
            maximumAge: maximumAge
        ).dated(by: states(of: environment))
    }

    func replay(
        of environment: EnvironmentName, from baseline: Baseline, since moment: Moment? = nil
    ) throws -> Replay {
        try Replay(
            of: environment, from: baseline, over: states(of: environment),
            from: firstSnapshot(of: environment, since: moment), earlier: earlierEntries(of: environment),
            kinds: .all)
    }

    func diff(of environment: EnvironmentName, from: Moment, to: Moment) throws(Failure) -> Diff {
        Diff(
            from: SnapshotView(try snapshot(of: environment, at: from), kinds: .all),
            to: SnapshotView(try snapshot(of: environment, at: to), kinds: .all))
    }
}
