import Testing

@testable import LinearPatterns

/// What each construct of a pattern matches.
struct PatternTests {
    @Test(arguments: [
        // Literals; the whole text must match.
        ("", ""), ("abc", "abc"), ("é東🦀", "é東🦀"), ("a b", "a b"),
        ("a-b:c/d@e,f=g~h&i%j\"k'l", "a-b:c/d@e,f=g~h&i%j\"k'l"),
        ("}", "}"), ("]", "]"),
        // Escapes.
        (#"\."#, "."), (##"\-\/\:\ \#\&"##, "-/: #&"), (#"\(\)\[\]\{\}\*\+\?\|\^\$\\"#, #"()[]{}*+?|^$\"#),
        (#"\é"#, "é"),
        (#"\t\n\r"#, "\t\n\r"),
        // Any character.
        (".", "a"), (".", "🦀"), (".*", ""), ("...", "e\u{301}x"),
        // Classes.
        ("[abc]", "b"), ("[a-c]+", "abc"), ("[^a-c]", "d"), ("[^a-c]", "\n"), ("[a-z0-9_-]+", "a_b-9"), ("[-a]", "-"),
        ("[a^]", "^"), (#"[\]\[\\\-^]+"#, #"][\-^"#), (#"[\d.]+"#, "1.2"), (#"[^\d\s]"#, "x"), (#"[\D]"#, "x"),
        ("[.*+?(){}|$]+", ".*+?(){}|$"), ("[а-я]", "ж"), (#"[\t]"#, "\t"), ("[&~]", "~"),
        // Named groups of characters.
        (#"\d"#, "7"), (#"\d"#, "٣"), (#"\w+"#, "aZ_9é東"), (#"\w\w"#, "e\u{301}"), (#"\s+"#, " \t\n\u{A0}"),
        (#"\D"#, "x"),
        (#"\W"#, "-"), (#"\S"#, "x"),
        // Groups and alternatives.
        ("a|b", "b"), ("(a|b)c", "bc"), ("(?:a|b)c", "ac"), ("a||b", ""), ("()", ""), ("(|a)", "a"), ("ab|cd|ef", "cd"),
        // Repetitions.
        ("a*", ""), ("a*", "aaa"), ("a+", "a"), ("a?", ""), ("ab?c", "ac"), ("(ab)+", "abab"), ("a{3}", "aaa"),
        ("a{2,}", "aaaa"), ("a{2,3}", "aaa"), ("a{0}", ""), ("a{0,}", "aa"), ("(a{2}){2}", "aaaa"), ("(a*)*", "aa"),
        ("(a|b*)*c", "abbac"), ("(a?){3}b", "aab"), ("(a*)+", ""),
        // Anchors.
        ("^a$", "a"), ("(^a|b)c", "ac"), ("a($|b)", "ab"), ("^^a$$", "a"), ("^$", ""), ("^*a", "a"),
        // Without regard to case.
        ("(?i)abc", "aBC"), ("a(?i)b", "aB"), ("a((?i)b)c", "aBc"), ("(?i)[a-c]+", "aBc"), ("(?i)É", "é"),
        ("(?i)a|b", "B"),
    ])
    func `a pattern matches`(pattern: String, text: String) throws {
        #expect(try Pattern(pattern).matches(text))
    }

    @Test(arguments: [
        ("abc", "ab"), ("abc", "abcd"), ("abc", "xabc"), ("abc", "ABC"), ("", "a"), (#"\."#, "x"), (".", "\n"),
        (".", "\r"),
        (".", "\u{2028}"), (".", "ab"), (".", "e\u{301}"), ("\u{E9}", "e\u{301}"), ("[a-c]", "d"), ("[^a-c]", "b"),
        ("[^a]", ""), (#"[\D]"#, "1"), (#"\d"#, "a"), (#"\w"#, "-"), (#"\s"#, "x"), (#"\S"#, " "), ("a|b", "ab"),
        ("(a|b)c", "c"), ("a+", ""), ("a?", "aa"), ("a{3}", "aa"), ("a{3}", "aaaa"), ("a{2,}", "a"), ("a{2,3}", "aaaa"),
        ("a{0}", "a"), ("(ab)+", "aba"), ("a^b", "ab"), ("a$b", "ab"), ("^^a$$", "aa"), ("^7[.]", "7.1.0"),
        ("a(?i)b", "AB"), ("a((?i)b)c", "aBC"), ("(?i)[^a]", "A"), ("$", "\n"),
    ])
    func `a pattern does not match`(pattern: String, text: String) throws {
        #expect(try !Pattern(pattern).matches(text))
    }
}
