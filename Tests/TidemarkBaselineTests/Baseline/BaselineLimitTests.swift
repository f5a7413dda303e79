import StrictJSON
import StrictYAML
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// Reading a file takes time and memory in proportion to its size.
struct BaselineLimitTests {
    private static let head = "environment: antenna-production\nexpect:\n"

    private func database(_ name: String, where identifier: String, is engine: String = "postgres") -> String {
        "  - { name: \(name), resource: rds.db-instance, where: { DBInstanceIdentifier: '\(identifier)' }, "
            + "is: { Engine: \(engine) } }\n"
    }

    @Test(arguments: ["'x%'", "{ matches: 'x%' }", "{ one-of: [ 'x%' ] }"])
    func `a text has at most 10 references`(expected: String) {
        func mistakes(_ count: Int) -> [String] {
            let text = expected.replacing("%", with: String(repeating: "${a}", count: count))
            return Baseline.mistakes(Self.head + database("a", where: "a") + database("b", where: "b", is: text))
        }
        #expect(mistakes(10) == [])
        let found = mistakes(11)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("baseline.yml:4:") == true)
        #expect(found.first?.hasSuffix(": a text has at most 10 references") == true)
    }

    @Test func `a chain of references that is too long is one mistake, at its start`() {
        func mistakes(_ count: Int) -> [String] {
            let links = (0..<count).map { database("e\($0)", where: "${e\($0 + 1)}") }.joined()
            return Baseline.mistakes(Self.head + links + database("e\(count)", where: "a"))
        }
        #expect(mistakes(100) == [])
        #expect(
            mistakes(101) == [
                "baseline.yml:3:75: 'e0' depends on a chain of more than 100 references: use a value in 'where'"
            ])
        #expect(mistakes(1_000).count == 1)
    }

    @Test func `a long cycle is reported by its first names`() {
        let links = (0..<1_000).map { database("e\($0)", where: "${e\(($0 + 1) % 1_000)}") }.joined()
        #expect(
            Baseline.mistakes(Self.head + links) == [
                "baseline.yml:3:75: circular reference in 'where': "
                    + (0..<10).map { "e\($0)" }.joined(separator: " -> ") + " -> 990 more -> e0"
            ])
    }

    @Test func `the patterns of a file share one bound, which is reported once`() {
        let size = 900 * 10
        func mistakes(_ count: Int) -> [String] {
            Baseline.mistakes(
                Self.head
                    + (0..<count).map { database("e\($0)", where: "a", is: "{ matches: '((a|b)*c){900}' }") }.joined())
        }
        let fitting = MistakeCollector.patternBudget / size
        #expect(mistakes(fitting - 10) == [])
        let found = mistakes(fitting + 100)
        #expect(found.count == 1)
        #expect(
            found.first?.hasSuffix(
                ": the patterns of the file are too large: with their repetitions written out they have more than "
                    + "1000000 characters") == true)
    }

    @Test func `only the first unknown names get a hint`() {
        let items = (0..<100).map { database("expectation\($0)", where: "${expectatio\($0)}") }.joined()
        let mistakes = Baseline.mistakes(Self.head + items)
        #expect(mistakes.count == 100)
        #expect(mistakes.filter { $0.contains("did you mean") }.count == 20)
    }

    @Test func `a very long name gets no hint`() {
        let long = String(repeating: "x", count: 100_000)
        #expect(nearest(to: long, among: [long + "y"]) == nil)
        #expect(nearest(to: "xx", among: [long, "xy"]) == "xy")
    }
}
