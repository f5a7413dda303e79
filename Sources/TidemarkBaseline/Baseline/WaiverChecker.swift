import StrictYAML
import Tidemark

/// Finds waivers whose words are not those of the finding that they name.
struct WaiverChecker {
    private let environment: EnvironmentName
    private let rules: [String: [Rule]]

    init(_ baseline: Baseline) {
        environment = baseline.environment
        rules = Dictionary(grouping: baseline.rules + baseline.builtInRules, by: \.title)
    }

    /// A waiver of a rule that the baseline no longer has is not a mistake: evaluation reports that it matches nothing.
    func mistakes(in waivers: [Waiver]) -> [FileMistake] {
        waivers.compactMap { waiver in
            let described = (rules[waiver.rule] ?? []).map { waiver.findingID(of: $0, in: environment) }
            guard let first = described.first, !described.contains(waiver.finding) else { return nil }
            return FileMistake(
                waiver.position,
                "the waiver's words describe finding '\(first)', and not '\(waiver.finding)': remove it, and accept the "
                    + "finding again")
        }
    }
}
