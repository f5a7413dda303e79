import Testing

@testable import LinearPatterns

/// What a pattern cannot have, and where.
struct PatternMistakeTests {
    @Test(arguments: [
        ("a(?=b)", 1, "the lookahead '(?=' is not supported: use a second operator beside 'matches'"),
        ("(?!b)", 0, "the negative lookahead '(?!' is not supported: add 'not: { matches: … }' beside 'matches'"),
        ("(?<=b)", 0, "the lookbehind '(?<=' is not supported: use a second operator beside 'matches'"),
        ("(?<!b)", 0, "the negative lookbehind '(?<!' is not supported: add 'not: { matches: … }' beside 'matches'"),
        ("(?>b)", 0, "the atomic group '(?>' is not supported: write (?:…)"),
        ("(?<name>b)", 0, "the named group '(?<' is not supported: write (?:…)"),
        ("(?P<name>b)", 0, "the named group '(?P<' is not supported: write (?:…)"),
        ("(?'name'b)", 0, "the named group '(?'' is not supported: write (?:…)"),
        ("(?P=name)", 0, "the backreference '(?P=' is not supported: write out what it stands for"),
        ("(?#b)", 0, "the comment '(?#' is not supported: write it after a '#' of YAML"),
        ("(?(1)b)", 0, "the condition '(?(' is not supported: write the alternatives with '|'"),
        ("(?s)b", 0, "the flag or group '(?' is not supported: the only flag is (?i)"),
        ("(?-i)b", 0, "the flag or group '(?' is not supported: the only flag is (?i)"),
        ("(?im)b", 0, "the flag or group '(?' is not supported: the only flag is (?i)"),
        ("(?", 0, "the flag or group '(?' is not supported: the only flag is (?i)"),
        ("(?i:b)", 0, "the flag for a group '(?i:' is not supported: write (?:(?i)…)"),
        (#"é\bx"#, 1, #"the word boundary '\b' is not supported: match the characters beside the word, such as \W"#),
        (#"\A"#, 0, #"the anchor '\A' is not supported: 'matches' always compares the whole text: remove it"#),
        (#"(a)\1"#, 3, #"the backreference '\1' is not supported: write out what it stands for"#),
        (#"\k<a>"#, 0, #"the backreference '\k' is not supported: write out what it stands for"#),
        (#"\p{L}"#, 0, #"the Unicode property '\p' is not supported: list the characters in [ ]"#),
        (#"[\p{L}]"#, 1, #"the Unicode property '\p' is not supported: list the characters in [ ]"#),
        (#"\x41"#, 0, #"the escape '\x' is not supported: write the character itself"#),
        (#"a\"#, 1, #"there is nothing after '\' to take literally: write \\ for a plain '\'"#),
        ("a*?", 1, "the lazy quantifier is not supported: remove the '?' at its end, which changes no match"),
        ("a{2}?", 1, "the lazy quantifier is not supported: remove the '?' at its end, which changes no match"),
        ("a*+", 1, "the possessive quantifier is not supported: remove the '+' at its end"),
        ("a**", 1, "a quantifier cannot follow another: put the first one in a group"),
        ("a|*b", 2, #"there is nothing before '*' to repeat: write \* for a plain '*'"#),
        ("?a", 0, #"there is nothing before '?' to repeat: write \? for a plain '?'"#),
        ("{a", 0, #"there is nothing before '{' to repeat: write \{ for a plain '{'"#),
        ("a{b}", 1, #"'{' does not start a repetition: write {2}, {2,} or {2,5}, or \{ for a plain '{'"#),
        ("a{,2}", 1, #"'{' does not start a repetition: write {2}, {2,} or {2,5}, or \{ for a plain '{'"#),
        ("a{2", 1, #"'{' does not start a repetition: write {2}, {2,} or {2,5}, or \{ for a plain '{'"#),
        ("a{3,2}", 1, "{3,2} ends before it begins"),
        ("a{1001}", 1, "a repetition counts to 1000 at most"),
        ("a{99999999999999999999999999}", 1, "a repetition counts to 1000 at most"),
        ("(a", 0, #"'(' is not closed: add ')', or write \( for a plain '('"#),
        ("x((a)", 1, #"'(' is not closed: add ')', or write \( for a plain '('"#),
        ("a)b", 1, #"')' closes no group: write \) for a plain ')'"#),
        ("a[b", 1, #"'[' is not closed: add ']', or write \[ for a plain '['"#),
        ("a[b-", 1, #"'[' is not closed: add ']', or write \[ for a plain '['"#),
        ("[]", 0, #"the class is empty: write \] for a plain ']'"#),
        ("[^]", 0, #"the class is empty: write \] for a plain ']'"#),
        ("[a[b]]", 2, #"'[' in a class is not supported: write \[ for a plain '['"#),
        ("[[:alpha:]]", 1, #"'[' in a class is not supported: write \[ for a plain '['"#),
        ("[a&&b]", 2, #"the operator '&&' in a class is not supported: write \&"#),
        ("[a--b]", 2, #"the operator '--' in a class is not supported: write \-"#),
        ("[--b]", 1, #"the operator '--' in a class is not supported: write \-"#),
        ("[a~~b]", 2, #"the operator '~~' in a class is not supported: write \~"#),
        ("[xz-a]", 2, "the range ends before it begins"),
        (#"[\d-z]"#, 1, "a range needs a character at both ends: write \\- for a plain '-'"),
    ])
    func `what is not supported is named, with its place`(pattern: String, offset: Int, message: String) {
        #expect(throws: PatternError(message: message, offset: offset)) { try Pattern(pattern) }
    }
}
