import Testing

@testable import Tidemark
@testable import TidemarkKinds

struct AttributePathTests {
    @Test(
        arguments: [
            ("Engine", [.member("Engine")]), ("Endpoint.Port", [.member("Endpoint"), .member("Port")]),
            (
                "OptionSettings[aws:ec2:vpc/Subnets].Value",
                [.member("OptionSettings"), .key("aws:ec2:vpc/Subnets"), .member("Value")]
            ), ("a[b][c]", [.member("a"), .key("b"), .key("c")]), ("a[b.c[]", [.member("a"), .key("b.c[")]),
            ("security-groups", [.member("security-groups")]),
            ("a[b/${c.D[e].F}].G", [.member("a"), .key("b/${c.D[e].F}"), .member("G")]),
            ("a.$b.${c", [.member("a"), .member("$b"), .member("${c")]),
        ] as [(String, [AttributePath.Step])])
    func `a path is read and written`(text: String, steps: [AttributePath.Step]) {
        #expect(AttributePath(text)?.steps == steps)
        #expect(AttributePath(text)?.description == text)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "[b]", "a[", "a[b", "a[]", "a[b]c", "a.[b]"])
    func `a text with an empty step or an open bracket is not a path`(text: String) {
        #expect(AttributePath(text) == nil)
    }

    @Test(
        arguments: [
            ("", []), ("[]", [.elements]), ("A", [.member("A")]), ("[].Value", [.elements, .member("Value")]),
            ("A[].B[].C", [.member("A"), .elements, .member("B"), .elements, .member("C")]),
        ] as [(String, [AttributePattern.Step])])
    func `a pattern goes through every element of a list`(text: String, steps: [AttributePattern.Step]) {
        #expect(AttributePattern(stringLiteral: text).steps == steps)
    }
}
