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
}
