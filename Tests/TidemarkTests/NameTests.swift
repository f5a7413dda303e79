import Testing

@testable import Tidemark

struct NameTests {
    @Test(arguments: ["a", "antenna-production", "Größe.1_x", String(repeating: "a", count: 100)])
    func `an environment's name may be any plain word`(text: String) throws {
        #expect(try EnvironmentName(text).rawValue == text)
    }

    @Test(arguments: [
        "", " ", "a b", "a/b", "a\tb", "a\n", "a\u{0}", "a\u{1B}[31m", "a\u{85}", "a\u{A0}b", "a\u{202E}b", "a\u{200B}",
        String(repeating: "a", count: 101),
    ])
    func `an environment's name has no white space, slashes and invisible characters`(text: String) {
        let failure = #expect(throws: Failure.self) { try EnvironmentName(text) }
        #expect(failure?.code == .invalid)
        #expect(failure?.description.contains("\u{1B}") == false)
    }

    @Test(
        arguments: [
            ("", "it is empty"), (" ", "it is empty"), ("v\n10", "it has control characters in it"),
            ("v\u{1B}[2J", "it has control characters in it"), ("v\u{202E}10", "it has control characters in it"),
            (String(repeating: "v", count: 2001), "it is longer than 2000 characters"),
            ("2026-11-23T20:40:00Z", "it would be read as a time"), ("latest", "it would be read as a snapshot"),
            ("@3", "it would be read as the number of an entry"), ("release:v9", "it would be read as release 'v9'"),
            ("v9~1", "it would be read as a snapshot before release 'v9'"),
            ("v9~", "a label cannot begin with '@' or 'latest~', or end with '~'"),
        ])
    func `a release's label is one plain line that is not another moment`(label: String, why: String) {
        let failure = #expect(throws: Failure.self) { try Release(label: label) }
        #expect(failure?.why == why)
    }

    @Test func `a blank text of a release is refused, and a recorded one is absent`() throws {
        #expect(throws: Failure.self) { try Release(label: "v10", by: "") }
        #expect(throws: Failure.self) { try Release(label: "v10", note: " \n") }
        let recorded = try #require(Release(json: ["label": "v10", "by": "", "commit": " ", "url": "", "note": "\n"]))
        #expect(recorded == (try Release(label: "v10")))
    }

    @Test func `a release's note may have several lines, its other texts may not`() throws {
        #expect(try Release(label: "v10", note: "first\nsecond").note == "first\nsecond")
        #expect(throws: Failure.self) { try Release(label: "v10", by: "release-bot\n") }
        #expect(throws: Failure.self) { try Release(label: "v10", commit: "a\u{7}") }
        #expect(throws: Failure.self) { try Release(label: "v10", url: "https://ci.example/\u{8}1") }
    }

    @Test func `a release is the same after writing and reading`() throws {
        let release = try Release(
            label: "v10", by: "release-bot", commit: "abc", url: "https://ci.example/1", note: "a\nb")
        #expect(Release(json: release.json) == release)
        #expect(Release(json: try Release(label: "v11").json) == (try Release(label: "v11")))
    }

    @Test(arguments: ["", "ab", String(repeating: "g", count: 64), String(repeating: "A", count: 64)])
    func `a content hash is 64 lower-case hexadecimal digits`(text: String) {
        #expect(ContentHash(hexadecimal: text) == nil)
    }

    @Test func `a content hash is the SHA-256 of the canonical bytes`() {
        #expect(
            ContentHash(of: ["b": 1, "a": "é"]).hexadecimal
                == "aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e")
        #expect(
            ContentHash(of: "").hexadecimal == "12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126")
    }

    @Test func `resources are in the order of UTF-8 bytes`() {
        let ids = [
            ResourceID(Kind(rawValue: "b"), "1"), ResourceID(Kind(rawValue: "a"), "\u{1F600}"),
            ResourceID(Kind(rawValue: "a"), "\u{FB33}"), ResourceID(Kind(rawValue: "a"), ""),
        ]
        #expect(ids.sorted().map(\.identity) == ["", "\u{FB33}", "\u{1F600}", "1"])
    }

    @Test(arguments: [
        ("a\u{1B}[31mb", "a\\u{1b}[31mb"), ("\r\n", "\\u{d}\\u{a}"), ("\u{202E}", "\\u{202e}"), ("\u{9B}", "\\u{9b}"),
        ("\u{2028}", "\\u{2028}"), ("é 😀", "é 😀"),
    ])
    func `characters that could control a terminal are escaped`(text: String, printable: String) {
        #expect(text.printable == printable)
    }

    @Test func `a failure has what failed, why, and what to do`() {
        #expect(Failure(.invalid, "what", why: "why", remedy: "remedy").description == "what: why: remedy")
        #expect(Failure(.invalid, "what", remedy: "remedy").description == "what: remedy")
    }
}
