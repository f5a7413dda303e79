import StrictJSON
import Tidemark
import TidemarkKinds

extension BuiltInRule {
    /// A release books what the environment runs: by its own entry, or by a note.
    static let releaseUnrecorded = BuiltInRule(
        name: "release.unrecorded", why: "nobody can say who deployed what runs", isStrict: false,
        attribute: { _ in nil }
    ) { evaluator in
        evaluator.snapshot.note(.deployments)
        guard let earlier = evaluator.earlier else {
            let unknown = Unseen(reason: "the earlier deployments are unknown")
            return [Violation(resource: evaluator.environment, status: .unseen(unknown), followsFromGap: true)]
        }
        guard let deployment = earlier.unrecordedDeployment(at: evaluator.snapshot.seq) else { return [] }
        let (after, at) = deployment.bracket
        return [
            Violation(
                resource: evaluator.environment, status: .drifted(.unexpected(actual: .string(deployment.words))),
                value: .plain(.string("\(deployment.since) \(deployment.words)")),
                sentence: "was deployed between \(after.readable) and \(at.readable) and not recorded by anyone: "
                    + deployment.words)
        ]
    }
}

extension UnrecordedDeployment {
    /// `v10 → v9; antenna-backend:v10 → antenna-backend:v9`.
    fileprivate var words: String {
        let versions = [change.before?.version, change.running.version].map { $0 ?? "none" }
        let images = change.changedImages.map { image in
            let before = image.before.map(\.name).joined(separator: ", ")
            return "\(before.isEmpty ? "none" : before) → \(image.image.name)"
        }
        return ((change.changesVersion ? [versions.joined(separator: " → ")] : []) + images)
            .joined(separator: "; ").printable
    }
}
