import StrictJSON
import Testing

/// Tests that the reader accepts what RFC 8259 allows, and nothing else.
struct ReadingTests {
    @Test(
        arguments: [
            ("null", nil), (" \t\r\n true \n", true), ("false", false), ("\"\"", ""), ("[]", []), ("{}", [:]),
            ("[1,[],{\"a\":null}]", [1, [], ["a": nil]]),
            ("\"\\u00e9\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "é/\u{8}\u{C}\n\r\t\"\\"),
            ("\"\\uD83D\\uDE00\"", "😀"), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
        ] as [(String, JSON)])
    func `a JSON text is parsed`(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "True", "[1,]", "[,1]", "[1 2]", "[1", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{1:2}",
        "{\"a\":1", "{,}", "'a'", "1 2", "[]]", "// note\n1", "NaN", "Infinity", "-", "+1", "01", "-01", ".5", "1.",
        "1.e3",
        "1e", "1e+", "0x10", "1_000", "\u{FEFF}1", "\u{A0}1", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"",
        "\"\\u 123\"", "\"\\u+123\"", "\"tab\there\"", "\"line\nhere\"", "\"\u{0}\"",
    ])
    func `a text that is not JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test(arguments: [
        "\"\\uD83D\"", "\"\\uDE00\"", "\"\\uD83Dx\"", "\"\\uD83D\\n\"", "\"\\uD83D\\uD83D\"", "\"\\uDE00\\uD83D\"",
        "\"\\uD83D\\u0041\"", "{\"\\uD800\":1}",
    ])
    func `an unpaired surrogate is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func `malformed UTF-8 is refused, never repaired`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test(arguments: ["{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "[{\"b\":{\"\":1,\"\":1}}]"])
    func `a duplicate key is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }

    @Test func `keys that differ only in normalisation are different`() throws {
        let object = try JSON(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")

        #expect(object.object?.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `256 levels are accepted and 257 are refused`(open: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: open == "[" ? "]" : "}", count: depth)
        }

        #expect(throws: Never.self) { try JSON(parsing: nested(256)) }
        #expect(throws: JSONError.self) { try JSON(parsing: nested(257)) }
    }

    @Test func `siblings do not add to the depth`() throws {
        let text = "[" + Array(repeating: "[]", count: 1000).joined(separator: ",") + "]"
        #expect(try JSON(parsing: text).array?.count == 1000)
    }

    @Test(arguments: [
        "0", "-0", "1.0", "1e0", "1E+2", "0.10", "123456789012345678901234567890", "1e999999999",
        String(repeating: "9", count: 10_000),
    ])
    func `a number keeps its spelling`(lexeme: String) throws {
        #expect(try JSON(parsing: "[\(lexeme)]").array?.first?.number?.lexeme == lexeme)
        #expect(try JSON(parsing: lexeme).canonical == lexeme)
    }

    @Test func `numbers with the same value and another spelling differ`() throws {
        #expect(try JSON(parsing: "1.0") != JSON(parsing: "1"))
    }

    @Test func `a number beyond 64 bits is not an integer`() throws {
        #expect(try JSON(parsing: "9223372036854775807").integer == .max)
        #expect(try JSON(parsing: "9223372036854775808").integer == nil)
        #expect(try JSON(parsing: "1.0").integer == nil)
    }

    @Test(arguments: ["", "01", " 1", "1 ", "+1", "1e", "--1", "٣"])
    func `a malformed number is refused`(text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test func `an error has an offset and quotes nothing of the text`() {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\"password\":hunter2}") }
        #expect(error?.description == "expected a value at byte 12")
    }
}
