import LinearPatterns
import StrictYAML
import Testing

@testable import TidemarkBaseline

/// Regular expressions with references.
struct MatchesOperatorTests {
    @Test func `a pattern that was written as a template keeps a plain reference sign`() throws {
        let position = Position(file: "baseline.yml", line: 1, column: 1)
        let template = try Template(reading: #"a\$${b\}"#, position: position)
        #expect(try Pattern(#"a\$\{b\}"#).matches("a${b}"))
        #expect(template.offsets == [0, 4])
        #expect(throws: PatternError.self) { try Pattern(template.description, PatternSource(template)) }
    }

    @Test func `a template matches its values literally, and nothing before they are known`() throws {
        let position = Position(file: "baseline.yml", line: 1, column: 1)
        let template = try Template(reading: "x${a}+", position: position)
        #expect(try !Pattern(template.description, PatternSource(template)).matches("x"))
        let resolved = try Pattern(template.description, PatternSource(template, values: [["a.b", "(c"]]))
        #expect(resolved.matches("xa.b(c") && !resolved.matches("xaxb") && !resolved.matches("x"))
        #expect(try !Pattern(template.description, PatternSource(template, values: [[]])).matches("x"))
    }

    /// The column of the `(` that is not closed, however the text is written in the file.
    @Test(arguments: [
        ("is: { Engine: { matches: 'aé(' } }", "5:33"), ("is: { Engine: { matches: aé(b } }", "5:32"),
        ("is: { Engine: { matches: \"aé(\" } }", "5:33"), ("is: { Engine: { matches: 'a''(' } }", "5:34"),
        (#"is: { Engine: { matches: "\\.\x41\u00e9\U0001F600(" } }"#, "5:54"),
        ("is: { Engine: { matches: '$${' } }", "5:33"),
        ("is: { Engine: { matches: 'a${ database }(' } }", "5:45"),
        // A text over several lines has one place.
        ("is: { Engine: { matches: 'ab\n      cd(' } }", "5:30"),
        ("is:\n      Engine:\n        matches: |-\n          (", "7:18"),
        ("is: { Engine: { matches: !!str 'a(' } }", "5:30"),
    ])
    func `a mistake in a pattern is at its column`(lines: String, place: String) throws {
        let yaml = "environment: a\nexpect:\n  - name: database\n    resource: rds.db-instance\n    \(lines)\n"
        let line = try #require(Baseline.mistakes(yaml).first)
        #expect(line.hasPrefix("baseline.yml:\(place): invalid regular expression: '"))
    }
}
