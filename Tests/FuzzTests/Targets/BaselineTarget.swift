import StrictJSON
import StrictYAML
import TidemarkAWS

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds
@testable import TidemarkReports

/// The reader of baselines: every mistake is one line with a position in the file, and expected values can be compared.
enum BaselineTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        guard let text = String(validating: input, as: UTF8.self) else { return false }
        switch Result(catching: { () throws(FileError) in try read(text) }) {
        case .success(let baseline):
            try check(baseline)
            try checkAccepting(baseline, text)
        case .failure(let error):
            try demand(!error.mistakes.isEmpty, "a baseline is refused for a reason")
            for mistake in error.mistakes {
                try demand(mistake.message.isOneLine, "a mistake is one line")
                try demand(mistake.position.line >= 0 && mistake.position.column >= 0, "a mistake has a position")
            }
        }
        return true
    }

    private static func read(_ text: String) throws(FileError) -> Baseline {
        try Baseline(yaml: text, file: "baseline.yml", kinds: .all, attributes: WireAttributes())
    }

    private static func check(_ baseline: Baseline) throws(BrokenProperty) {
        try demand(!baseline.expectations.isEmpty, "a baseline expects something")
        for requirement in baseline.expectations.flatMap({ $0.conditions + $0.requirements }) {
            let path = requirement.path
            try demand(AttributePath(path.description) == path, "an attribute reads as it is written")
            try check(requirement.expected)
        }
    }

    /// Checks that adding a waiver changes nothing else, or is refused.
    private static func checkAccepting(_ baseline: Baseline, _ text: String) throws(BrokenProperty) {
        guard let finding = FindingID("0123456789ab"), let day = Day("2999-12-31"),
            let some = baseline.expectations.first,
            !baseline.waivers.contains(where: { $0.finding == finding })
        else { return }
        // The rule's id would be checked against the words; a waiver of a rule that is gone can have any.
        let gone = Expectation(
            name: "gone \(baseline.expectations.map(\.name).joined())", kind: some.kind, conditions: [],
            requirements: [],
            info: some.info)
        let drifted = Finding(
            finding, .expectation(gone), nil, AttributePath("A"), .drifted(.unexpected(actual: "b")),
            value: .plain(["c": ["true", .null]]))
        guard let new = try? baseline.accepting(drifted, owner: "a", reason: "b: c", until: day) else { return }
        let (after, before) = (Array(new.utf8), Array(text.utf8))
        let prefix = zip(after, before).prefix { $0 == $1 }.count
        let suffix = zip(after.reversed(), before.reversed()).prefix { $0 == $1 }.count
        try demand(prefix + suffix >= before.count, "every byte of a baseline stays")
        let changed = try? read(new)
        try demand(changed?.waivers.contains { $0.finding == finding } == true, "a waiver is read as it was written")
        try demand(changed?.expectations.count == baseline.expectations.count, "a waiver changes no expectation")
    }

    private static func check(_ expected: Expected) throws(BrokenProperty) {
        switch expected {
        case .scalar(let scalar): try check(scalar)
        case .template(let template): try demand(!template.references.isEmpty, "a template refers to something")
        case .list(let elements): for element in elements { try check(element) }
        case .map(let members): for member in members { try check(member.expected) }
        case .operators(let operators):
            for test in operators {
                if let equals = test.definition as? EqualsOperator { try check(equals.expected) }
            }
        }
    }

    private static func check(_ scalar: ExpectedScalar) throws(BrokenProperty) {
        try demand(scalar.holds(of: .string(scalar.text)), "a text is itself")
        if let number = JSONNumber(scalar.text) { try demand(scalar.holds(of: .number(number)), "a number is itself") }
    }
}
