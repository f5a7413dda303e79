import StrictJSON
import Testing
import Tidemark
import TidemarkBaseline

@testable import TidemarkReports

/// Escapes in each format, and the names of files. `Tests/Integration/test_formats.py` checks the formats with the readers
/// of their consumers.
struct FormatTests {
    @Test func `every format has a name of its own, and is found by it`() {
        #expect(Set(DriftFormat.all.map(\.name)).count == DriftFormat.all.count)
        #expect(DriftFormat.all.allSatisfy { DriftFormat(named: $0.name)?.purpose == $0.purpose })
        #expect(DriftFormat(named: "yaml") == nil)
    }

    @Test func `every format is safe whatever AWS answers`() throws {
        let resource = ResourceID(.rdsDBInstance, Stack.hostile)
        let snapshot = try Stack.snapshot(
            [Stack.described(resource): ["Engine": .string(Stack.hostile)]], gaps: [Stack.denied])
        let report = try Stack.report(snapshot, Stack.requirement("Engine", .scalar(ExpectedScalar("mysql"))))
        for format in DriftFormat.all {
            let text = format.write(report, .plain)
            #expect(text.hasSuffix("\n"))
            // Programs get a name unescaped.
            if ["json", "sarif"].contains(format.name) { continue }
            #expect(Stack.controls(in: text.replacing("\u{200B}", with: "")).isEmpty, "\(format.name)")
        }
    }

    // MARK: Markdown

    @Test(
        arguments: [
            ("db.t4g.small", "`db.t4g.small`"), ("a`b", "``a`b``"), ("`a``b", "``` `a``b ```"), ("a|b", #"`a\|b`"#),
            ("", "`  `"), (" a ", "`  a  `"), ("a\nb", #"`a\u{a}b`"#),
        ])
    func `code in Markdown is fenced by more backticks than it has`(text: String, code: String) {
        #expect(Markdown.code(text) == code)
    }

    @Test(
        arguments: [
            ("two\nlines\r\n", "two lines"), ("@octocat, see #12", "@\u{200B}octocat, see #\u{200B}12"),
            ("<b>*a*_b_</b>", #"\<b\>\*a\*\_b\_\</b\>"#), ("a|b & [c](d) $e$", #"a\|b \& \[c\](d) \$e\$"#),
            (#"\`"#, #"\\\`"#), ("e\u{301}e", "e\u{301}e"),
        ])
    func `prose in Markdown has no markup`(text: String, prose: String) {
        #expect(Markdown.prose(text) == prose)
    }

    @Test func `a long text is cut`() {
        #expect(Markdown.code(String(repeating: "é", count: 5000)).count == 302)
        #expect(Markdown.prose(String(repeating: "é", count: 5000)).hasSuffix("é…"))
    }

    @Test func `a page has room for what follows a long list`() {
        var page = MarkdownPage()
        let line = String(repeating: "🐘", count: 100)
        page.add(Array(repeating: line, count: 1000), under: ["findings"], upTo: .findings) { "\($0) findings more" }
        page.add(["gap"], under: ["coverage"], upTo: .coverage) { "\($0) gaps more" }
        page.add(Array(repeating: line, count: 1000), under: ["rest"], upTo: .rest) { "\($0) more" }
        #expect(page.text.utf16.count < 65_536)
        #expect(page.text.contains("\n\n762 findings more\ncoverage\ngap\nrest\n🐘"))
    }

    // MARK: XML

    @Test func `XML has no forbidden characters`() {
        let text = "a\u{0}\u{1B}\u{FFFE}\u{FFFF}\u{85}\t\r\n<&>\"'🐘"
        #expect(
            XMLText.escaped(text, inAttribute: true)
                == "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{85}&#9;&#13;&#10;&lt;&amp;&gt;&quot;'🐘")
        #expect(
            XMLText.escaped(text, inAttribute: false)
                == "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{85}\t&#13;\n&lt;&amp;&gt;\"'🐘")
    }

    // MARK: Files

    @Test(
        arguments: [
            ("b.yml", "infra/b.yml"), ("./x/../b.yml", "infra/b.yml"), ("../b.yml", "b.yml"), ("/repo/b.yml", "b.yml"),
            ("../../b.yml", nil), ("/repository/b.yml", nil), ("shipped:antenna/documented", nil),
        ] as [(String, String?)])
    func `a file is named relative to the repository`(file: String, path: String?) {
        #expect(Workspace(folder: "/repo/infra", root: "/repo").path(of: file) == path)
    }

    @Test func `without a repository a file is named relative to the current folder`() {
        #expect(Workspace(folder: "/repo/infra").path(of: "b.yml") == "b.yml")
        #expect(Workspace(folder: "/").path(of: "b.yml") == "b.yml")
    }
}
