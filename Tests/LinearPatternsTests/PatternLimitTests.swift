import Testing

@testable import LinearPatterns

/// No pattern takes more time or memory than its size times that of the text.
struct PatternLimitTests {
    private static let text = "arn:aws:iam::123456789012:role/aws-elasticbeanstalk-service-role/0123456789abcdef"

    @Test(arguments: [
        "(/?[^/]+)*/x", "(.*.*)*x", "((((.*)*)*)*)*!", "(([a-z0-9:/-]+)*)*!",
        "(arn:aws:iam::123456789012:role/(.+)+)+[Q]", "(a|a)*b", "(a?){30}a{30}", "(.+)+$x", "((.|.)*)*!", "(|.)*!",
        "((a*)*|b)*c",
    ])
    func `a pattern looks at each of its instructions once for each character`(pattern: String) throws {
        let short = try Pattern(pattern)
        for text in [Self.text, String(repeating: "a", count: 1_000), String(repeating: Self.text, count: 20)] {
            #expect(!short.matches(text))
            #expect(short.steps(on: text) <= short.size * (text.unicodeScalars.count + 1))
        }
    }

    @Test(arguments: [
        ("((a{1000}){1000}){1000}", 10), ("(((a{100}){100}){100}){100}", 10), ("(((){1000}){1000}){1000}", 11),
        ("(a*){1000}(b*){1000}(c*){1000}(d*){1000}", 20), ("(|){1000}(|){1000}(|){1000}", 9),
        ("([a-bc-de-f]{1000}){3}", 19), (String(repeating: "a", count: 10_001), 10_000),
        (String(repeating: "|", count: 100_000), 3_333),
        ("[" + String(repeating: "ab", count: 10_000) + "]", 0),
    ])
    func `a pattern that expands too far is refused where it does`(pattern: String, offset: Int) {
        let message =
            "the pattern is too large: with its repetitions written out it has more than 10000 characters"
        #expect(throws: PatternError(message: message, offset: offset)) { try Pattern(pattern) }
    }

    @Test func `groups are nested no deeper than the stack allows`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
        }
        #expect(try Pattern(nested(100)).matches("a"))
        for depth in [101, 100_000, 1_000_000] {
            #expect(throws: PatternError(message: "groups are nested more than 100 deep", offset: 100)) {
                try Pattern(nested(depth))
            }
        }
    }

    @Test func `what is within the limits compiles to no more than its size`() throws {
        for pattern in ["a{1000}", "(a|b){1000}", "(a?){1000}", ".{0,1000}x.{0,1000}", "(ab*){500}", "[0-9a-f]{64}"] {
            #expect(try Pattern(pattern).size <= 10_000)
        }
    }
}
