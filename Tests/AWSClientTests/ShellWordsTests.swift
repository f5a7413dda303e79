import Testing

@testable import AWSClient

@Suite struct ShellWordsTests {
    @Test(
        arguments: [
            ("", []), ("  a\tb\nc ", ["a", "b", "c"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a'b'\"c\"d", ["abcd"]),
            (#"a\ b \'"#, ["a b", "'"]), (#""a\"b\\c\d" 'e\f'"#, [#"a"b\c\d"#, #"e\f"#]), ("'' \"\"", ["", ""]),
            ("# no comment", ["#", "no", "comment"]), ("$HOME `x` *", ["$HOME", "`x`", "*"]),
        ] as [(String, [String])])
    func `a text is split as a shell does, without expanding anything`(_ text: String, _ words: [String]) {
        #expect(ShellWords.split(text) == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\", "\"a\\", "a 'b\""])
    func `an open quotation or escape is refused`(_ text: String) {
        #expect(ShellWords.split(text) == nil)
    }
}
