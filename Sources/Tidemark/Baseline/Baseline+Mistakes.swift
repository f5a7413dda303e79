import StrictYAML

extension Baseline {
    /// What cannot be meant, as far as a snapshot shows it: an expectation of one resource that matches none or many, a
    /// value that is expected of what is redacted. What could not be seen is no mistake.
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
        let choice = choose(for: expectation)
        let name = "'\(expectation.name.printable)'"
        switch (choice.matching.count, expectation.scope) {
        case (0, .one), (0, .each):
            guard reasonForNothing(found: choice, for: expectation) == nil else { return nil }
            let left = choice.left.first.map { ": nothing leads to \(snapshot.label(of: $0).printable) any more" } ?? ""
            return FileMistake(
                expectation.info.position, "\(name) matches no \(expectation.kind) in snapshot \(snapshot.seq)\(left)")
        case (2..., .one):
            let labels = choice.matching.prefix(Self.namedAtMost).map { snapshot.label(of: $0).printable }
            let more = choice.matching.count - labels.count
            return FileMistake(
                expectation.info.position,
                "\(name) matches \(choice.matching.count) resources in snapshot \(snapshot.seq): "
                    + labels.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
                    + ": say which with 'where', or 'each: true'")
        default: return nil
        }
    }

    private static let namedAtMost = 10
}
