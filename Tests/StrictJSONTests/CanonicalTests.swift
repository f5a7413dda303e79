import StrictJSON
import Testing
import TidemarkTestSupport

/// Tests the canonical form, which is hashed.
struct CanonicalTests {
    @Test(arguments: [
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#), ("\u{0}\u{B}\u{1F}", #""\u0000\u000b\u001f""#), (#""\/"#, #""\"\\/""#),
        ("é€😀\u{7F}\u{2028}", "\"é€😀\u{7F}\u{2028}\""),
    ])
    func `strings are escaped as in RFC 8785`(text: String, canonical: String) {
        #expect(Array(JSON.string(text).canonical.utf8) == Array(canonical.utf8))
    }

    @Test func `the canonical form has no white space and sorted members`() throws {
        let value = try JSON(parsing: #" { "b" : [ 1 , true , null ] , "a" : { "d" : "x y" , "c" : 1.50 } } "#)
        #expect(value.canonical == #"{"a":{"c":1.50,"d":"x y"},"b":[1,true,null]}"#)
    }

    @Test func `keys are sorted by UTF-8 bytes, not by UTF-16 units`() {
        // U+1F600 begins with the unit D83D, which is less than FB33.
        let value: JSON = ["\u{1F600}": 1, "\u{FB33}": 2, "a": 3, "": 4, "B": 5]
        #expect(value.canonical == "{\"\":4,\"B\":5,\"a\":3,\"\u{FB33}\":2,\"\u{1F600}\":1}")
    }

    @Test func `canonically equivalent texts are not normalised`() {
        let value: JSON = ["\u{E9}": "e\u{301}", "e\u{301}": "\u{E9}"]
        let expected = "{\"e\u{301}\":\"\u{E9}\",\"\u{E9}\":\"e\u{301}\"}"
        #expect(Array(value.canonical.utf8) == Array(expected.utf8))
    }

    @Test func `texts are compared by bytes`() {
        #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
        #expect(JSON.object(["\u{E9}": 1]) != JSON.object(["e\u{301}": 1]))
    }

    @Test func `objects with the same members in another order are equal and have the same hash`() {
        let left: JSON = ["a": 1, "b": [2]]
        let right: JSON = ["b": [2], "a": 1]

        #expect(left == right)
        #expect(Set([left, right]).count == 1)
        #expect([left, 1] as JSON != [1, left])
    }

    @Test func `setting a member replaces, appends and removes`() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        #expect(JSON.object(object).canonical == #"{"a":3,"c":4}"#)
    }

    @Test func `a repeated key keeps the last value`() {
        #expect(JSON.object(JSONObject([("a", 1), ("a", 2)])).canonical == #"{"a":2}"#)
    }

    @Test(.timeLimit(.minutes(10))) func `an object with a hundred thousand members keeps every distinct key`() {
        let members = (0..<100_000).map { ("\($0)", JSON($0)) } + [("\u{E9}", 1), ("e\u{301}", 2), ("7", nil)]
        let object = JSONObject(members)
        #expect(object.count == 100_002)
        #expect(object["7"] == .null)
        #expect(object["e\u{301}"] == 2)
    }

    @Test func `the indented form keeps the order of members`() {
        let value: JSON = ["b": [1, []], "a": [:], "c": "é\n"]
        #expect(
            value.pretty == """
                {
                  "b": [
                    1,
                    []
                  ],
                  "a": {},
                  "c": "é\\n"
                }
                """)
    }

    @Test func `every value survives both forms, and canonical JSON parses to itself`() throws {
        var generator = SeededGenerator(seed: 8259)
        for _ in 0..<2000 {
            let value = JSON.random(depth: 5, using: &generator)
            let read = try JSON(parsing: value.canonicalBytes)

            #expect(read == value)
            #expect(read.canonicalBytes == value.canonicalBytes)
            #expect(try JSON(parsing: value.pretty) == value)
        }
    }

    @Test func `the order of members does not change the canonical bytes`() throws {
        var generator = SeededGenerator(seed: 8785)
        for _ in 0..<200 {
            let value = JSON.random(depth: 4, using: &generator)
            #expect(value.shuffled(using: &generator).canonicalBytes == value.canonicalBytes)
        }
    }

    @Test func `hostile bytes are refused or parsed, and never crash`() {
        var generator = SeededGenerator(seed: 256)
        var refused = 0
        for _ in 0..<2000 {
            var bytes = JSON.random(depth: 3, using: &generator).canonicalBytes
            let index = Int.random(in: bytes.indices, using: &generator)
            bytes[index] = .random(in: .min ... .max, using: &generator)
            // A text that is still JSON survives its canonical form.
            if let value = try? JSON(parsing: bytes) {
                #expect(try! JSON(parsing: value.canonicalBytes) == value)
            } else {
                refused += 1
            }
        }
        #expect(refused > 500)
    }
}

extension JSON {
    fileprivate func shuffled(using generator: inout SeededGenerator) -> JSON {
        switch self {
        case .array(let values): .array(values.map { $0.shuffled(using: &generator) })
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { ($0.key, $0.value.shuffled(using: &generator)) }.shuffled(using: &generator)))
        default: self
        }
    }
}
