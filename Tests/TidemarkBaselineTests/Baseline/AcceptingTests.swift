import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds
@testable import TidemarkReports

/// Adding a waiver to the text of a baseline without any other change.
struct AcceptingTests {
    private let day = Day("2026-12-31")

    /// A finding with some id.
    private static func finding(_ id: String) throws -> Finding {
        let expectation = try #require(Baseline.database(is: "Engine: mysql", name: "gone").expectations.first)
        return Finding(
            try #require(FindingID(id)), .expectation(expectation), Stack.database, AttributePath("Engine"),
            .drifted(.unexpected(actual: "postgres")), value: .plain("postgres"))
    }

    private func accepted(_ yaml: String, owner: String = "dba-team", reason: String = "the import runs") throws
        -> String
    {
        try Baseline(yaml: yaml).accepting(
            Self.finding("b57d32c21429"), owner: owner, reason: reason, until: #require(day))
    }

    private let expect = "expect:\n  - { name: a, resource: rds.db-instance, is: { Engine: postgres } }\n"

    @Test func `the first waiver is appended to the file`() throws {
        let text = "environment: antenna-production # ours\n\n\(expect)"
        let waivers = """

            waivers:
              - finding: b57d32c21429
                rule: gone
                resource: rds.db-instance/antenna-postgres
                attribute: Engine
                value: postgres
                owner: dba-team
                reason: the import runs
                until: "2026-12-31"

            """
        #expect(try accepted(text) == text + waivers)
    }

    @Test func `the first waiver is indented like the expectations`() throws {
        let text = """
            environment: antenna-production
            expect:
            -   name: a
                resource: rds.db-instance
                is: { Engine: postgres }

            """
        #expect(
            try accepted(text).hasSuffix(
                "\n\nwaivers:\n-   finding: b57d32c21429\n" + rest("    ")))
    }

    /// The keys of the waiver after the first.
    private func rest(_ margin: String) -> String {
        [
            "rule: gone", "resource: rds.db-instance/antenna-postgres", "attribute: Engine", "value: postgres",
            "owner: dba-team", "reason: the import runs", "until: \"2026-12-31\"",
        ].map { "\(margin)\($0)\n" }.joined()
    }

    @Test func `a file without a final line break stays without one`() throws {
        let text = "environment: antenna-production\n" + expect.dropLast()
        #expect(try accepted(text).hasPrefix(text + "\n\nwaivers:\n  - finding: b57d32c21429\n"))
        #expect(try accepted(text).hasSuffix("\n    until: \"2026-12-31\""))
    }

    @Test func `a waiver has the line endings of the file`() throws {
        let text = "environment: antenna-production\n\(expect)".replacing("\n", with: "\r\n")
        let new = try accepted(text)
        #expect(new.hasPrefix(text + "\r\nwaivers:\r\n  - finding: b57d32c21429\r\n"))
        #expect(new.utf8.count { $0 == 10 } == new.utf8.count { $0 == 13 })
    }

    @Test func `a later waiver follows the last one`() throws {
        let before = """
            environment: antenna-production
            waivers:   # each with a ticket
              # the first
              -  finding: 'adf97b227b11'
                 rule: removed
                 value: any
                 owner: "a"
                 reason: >
                   long
                   and folded

                   until
                 until: 2026-11-30 # soon

            """
        let after = "\n# What is expected\n\(expect)"
        let item = "  -  finding: b57d32c21429\n\(rest("     "))"
        #expect(try accepted(before + after) == before + item + after)
    }

    @Test func `a waiver in a flow list is a flow map`() throws {
        let item =
            #"{"finding": "b57d32c21429", "rule": "gone", "resource": "rds.db-instance/antenna-postgres", "#
            + #""attribute": "Engine", "value": "postgres", "owner": "dba-team", "reason": "the import runs", "#
            + #""until": "2026-12-31"}"#
        let text = "environment: antenna-production\nwaivers: [ ] # none\n\(expect)"
        #expect(try accepted(text) == text.replacing("[ ]", with: "[\(item) ]"))
        let other = "{finding: adf97b227b11, rule: removed, value: any, owner: a, reason: b, until: 2026-11-30}"
        let more = text.replacing("[ ]", with: "[\n  \(other) ]")
        #expect(try accepted(more) == text.replacing("[ ]", with: "[\(item), \n  \(other) ]"))
    }

    @Test func `a JSON baseline stays JSON`() throws {
        let text = """
            {"documents": "ä🐘", "environment": "antenna-production",
             "expect": [{"name": "a", "resource": "rds.db-instance", "is": {"Engine": "postgres"}}]}
            """
        let first = try accepted(text, reason: #"a "b" \ ä"#)
        #expect(try JSON(parsing: first)["waivers"]?.array?.first?["reason"] == #"a "b" \ ä"#)
    }

    @Test(
        arguments: [
            ("no", "\"no\""), ("it's fine", "it's fine"), ("12", "\"12\""), ("1e5", "\"1e5\""), ("a: b", "\"a: b\""),
            ("# no comment", "\"# no comment\""), ("a #b", "\"a #b\""), ("- x", "\"- x\""), (" a ", "\" a \""),
            ("\"a\" \\ b", #""\"a\" \\ b""#), ("das Ä 🐘", "\"das Ä 🐘\""), ("{a}", "\"{a}\""),
            ("2026-12-31", "\"2026-12-31\""),
            ("x, y (z)", "x, y (z)"), ("*a", "\"*a\""), ("a, [b]", "\"a, [b]\""), ("null", "\"null\""),
        ])
    func `only a text that YAML would read otherwise is quoted`(reason: String, written: String) throws {
        let text = "environment: antenna-production\n\(expect)"
        let new = try accepted(text, reason: reason)
        #expect(new.contains("\n    reason: \(written)\n"))
        #expect(try Baseline(yaml: new).waivers.map(\.reason) == [reason])
    }

    @Test func `a file that cannot be edited safely is refused with the text to add`() throws {
        let text = "environment: antenna-production\nwaivers: !!seq [ ]\n\(expect)"
        let failure = try #require(throws: Failure.self) { try accepted(text) }
        #expect(failure.description.hasPrefix("cannot add the waiver to 'baseline.yml': "))
        #expect(
            failure.description.contains(#"add this item to 'waivers': {"finding": "b57d32c21429", "rule": "gone","#))
    }

    // MARK: Any file

    @Test(arguments: 0..<40)
    func `a waiver changes nothing else, whatever the style of the file`(seed: UInt64) throws {
        var style = BaselineStyle(seed: seed)
        for _ in 0..<25 {
            let old = style.baseline()
            let before = try Baseline(yaml: old)
            var text = old
            for (index, id) in ["0123456789ab", "123456789012"].enumerated() {
                let new = try Baseline(yaml: text).accepting(
                    Self.finding(id), owner: "o: \(index)", reason: "r #\(seed)", until: #require(day))
                #expect(isInsertion(new, into: text), "\(text)\n---\n\(new)")
                text = new
            }
            let after = try Baseline(yaml: text)
            let added = Set(after.waivers.map(\.finding)).subtracting(before.waivers.map(\.finding))
            #expect(added.map(\.rawValue).sorted() == ["0123456789ab", "123456789012"])
            #expect(after.waivers.filter { !added.contains($0.finding) }.map(\.reason) == before.waivers.map(\.reason))
            #expect(after.expectations.map(\.name) == before.expectations.map(\.name))
            #expect(after.documents == before.documents)
        }
    }

    /// Whether the text is the old one with one insertion.
    private func isInsertion(_ new: String, into old: String) -> Bool {
        let (new, old) = (Array(new.utf8), Array(old.utf8))
        let prefix = zip(new, old).prefix { $0 == $1 }.count
        let suffix = zip(new.reversed(), old.reversed()).prefix { $0 == $1 }.count
        return new.count > old.count && prefix + suffix >= old.count
    }
}
