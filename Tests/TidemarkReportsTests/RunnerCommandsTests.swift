import StrictJSON
import Testing

@testable import TidemarkReports

/// Escapes for commands of CI runners, which readers of the syntax resolve.
struct RunnerCommandsTests {
    @Test(arguments: [
        ("##[add-mask]x", "##\\u{5b}add-mask]x"), ("a ##vso[task.x]", "a ##vso\\u{5b}task.x]"),
        ("##teamcity[x", "##teamcity\\u{5b}x"), ("###[x]", "###\\u{5b}x]"), ("##a##[x]", "##a##\\u{5b}x]"),
        ("##[a] ##[b]", "##\\u{5b}a] ##\\u{5b}b]"), ("##VSO[", "##VSO\\u{5b}"), ("::error::x", ":\\u{3a}error::x"),
        (" \t::x::", " \t:\\u{3a}x::"), ("a\n\u{A0}::x::", "a\n\u{A0}:\\u{3a}x::"), ("a\r::x::", "a\r:\\u{3a}x::"),
        // None of these is a command.
        ("#[x]", "#[x]"), ("## [x]", "## [x]"), ("##a-b[x]", "##a-b[x]"), ("##a#[x]", "##a#[x]"), ("a::b::", "a::b::"),
        (": :x", ": :x"), ("a\n:b", "a\n:b"), ("[##]", "[##]"), ("", ""),
    ])
    func `a command within a text is escaped`(text: String, escaped: String) {
        #expect(RunnerCommands.escaped(text, in: .text) == escaped)
    }

    @Test func `escaped JSON and XML have the same value`() throws {
        let value: JSON = ["##[a]": ["##vso[b]", "::c::", "##", "["]]
        let escaped = RunnerCommands.escaped(value.pretty, in: .json)
        #expect(!escaped.contains("##[") && !escaped.contains("##vso["))
        #expect(try JSON(parsing: escaped) == value)
        let element = JUnitElement("a", [("b", "##[x]")], text: "##[y]\n::z::").lines().joined(separator: "\n")
        #expect(
            RunnerCommands.escaped(element, in: .markup) == "<a b=\"##&#91;x]\">##&#91;y]\n:&#58;z::</a>")
    }

    @Test func `lines that are commands stay commands, and their texts are not`() {
        #expect(RunnerCommands.escaped("::error::##[a]\n", in: .commands) == "::error::##\\u{5b}a]\n")
    }
}
