import StrictJSON
import Tidemark
import TidemarkKinds

extension BuiltInRule {
    private static let status = "Status"

    /// The environment is neither terminated nor being terminated.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_EnvironmentDescription.html>, `Status`.
    static let environmentTerminated = BuiltInRule(
        name: "environment.terminated",
        why: "a terminated environment serves no requests, and its resources are deleted",
        isStrict: true, attribute: { _ in status }
    ) { evaluator in
        evaluator.snapshot.status.unsettled.compactMap { reason in
            guard case .environmentStatus(let value) = reason, ["Terminating", "Terminated"].contains(value) else {
                return nil
            }
            return Violation(
                resource: evaluator.environment, status: .drifted(.unexpected(actual: .string(value))),
                value: .plain(.string(value)), sentence: "its status is \(value)")
        }
    }
}
