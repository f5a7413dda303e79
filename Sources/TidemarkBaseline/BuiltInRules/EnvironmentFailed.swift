import StrictJSON
import Tidemark
import TidemarkKinds

extension BuiltInRule {
    /// The last deployment in the environment has not failed.
    ///
    /// No attribute shows it: after a failed deployment the environment is Ready again.
    static let environmentFailed = BuiltInRule(
        name: "environment.failed",
        why: "after a failed deployment the environment may run neither version as it should",
        isStrict: true, attribute: { _ in nil }
    ) { evaluator in
        let status = evaluator.snapshot.status
        let sentences = status.failures.map(\.sentence)
        if !sentences.isEmpty {
            return [
                Violation(
                    resource: evaluator.environment, status: .drifted(.unexpected(actual: JSON(sentences))),
                    value: .plain(JSON(status.failures.map(\.code.code) + evaluator.deployed)),
                    sentence: "the deployment failed: \(sentences.joined(separator: "; "))")
            ]
        }
        guard status.unsettled.contains(.configurationUnknown) else { return [] }
        return [
            Violation(
                resource: evaluator.environment,
                status: .unseen(Unseen(reason: UnsettledReason.configurationUnknown.sentence)), followsFromGap: true)
        ]
    }
}

extension BaselineEvaluator {
    /// The deployed version, which distinguishes a failed deployment from the next one that fails for the same reason; empty if it
    /// is unknown.
    fileprivate var deployed: [String] {
        guard let environment, case .seen(let content) = snapshot.result(of: FacetID(environment, Snapshot.description))
        else { return [] }
        return [content["VersionLabel"]?.string, release.map { "\($0.release.label) \($0.seq)" }].compactMap(\.self)
    }

    /// The environment as a resource; nil if the snapshot lacks it.
    var environment: ResourceID? {
        snapshot.resources(of: snapshot.kinds.anchor.kind).first(where: snapshot.isReached)
    }
}
