import StrictYAML
import TidemarkKinds

extension Baseline {
    /// The mistakes that only a snapshot shows: an expectation of one resource that matches none or several, and a value
    /// that is expected of a redacted one. An unseen resource is not a mistake.
    public func mistakes(in snapshot: SnapshotView) -> [FileMistake] {
        var evaluator = BaselineEvaluator(snapshot, self, release: nil)
        let found = expectations.compactMap { expectation -> FileMistake? in
            _ = evaluator.findings(for: expectation)
            return evaluator.mistake(in: expectation)
        }
        return FileError(found + evaluator.mistakes, in: files).mistakes
    }
}

extension BaselineEvaluator {
    fileprivate mutating func mistake(in expectation: Expectation) -> FileMistake? {
        let matched = matchedResources(for: expectation)
        let name = "'\(expectation.name.printable)'"
        switch (matched.matching.count, expectation.scope) {
        case (0, .one), (0, .each):
            guard reasonForNothing(found: matched, for: expectation) == nil else { return nil }
            let hint =
                matched.unreached.first.map {
                    ": nothing in the environment refers to \(snapshot.label(of: $0).printable) any more"
                } ?? ""
            return FileMistake(
                expectation.info.position, "\(name) matches no \(expectation.kind) in snapshot \(snapshot.seq)\(hint)")
        case (2..., .one):
            let labels = matched.matching.prefix(Self.namedAtMost).map { snapshot.label(of: $0).printable }
            let more = matched.matching.count - labels.count
            return FileMistake(
                expectation.info.position,
                "\(name) matches \(matched.matching.count) resources in snapshot \(snapshot.seq): "
                    + labels.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
                    + ": select one with 'where', or all with 'each: true'")
        default: return nil
        }
    }

    private static let namedAtMost = 10
}
