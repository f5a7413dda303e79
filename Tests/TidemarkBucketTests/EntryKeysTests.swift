import Testing
import Tidemark

@testable import TidemarkBucket

@Suite struct EntryKeysTests {
    @Test(arguments: [
        ("antenna-production", "antenna-production"), ("2026", "2026"), ("a=b", "a%3Db"), ("what?", "what%3F"),
        ("50%", "50%25"), ("..", "%2E%2E"), ("v1.2", "v1%2E2"), ("a b", "a%20b"), ("a/b", "a%2Fb"), ("~", "%7E"),
        ("\u{fc}", "%C3%BC"), ("u\u{308}", "u%CC%88"),
    ])
    func `a name is percent-encoded in keys`(_ name: String, _ segment: String) {
        #expect(EntryKeys.encode(name) == segment)
    }

    @Test(arguments: [("", ""), ("team/history", "team/history/"), ("team/history/", "team/history/")])
    func `a key is the prefix, the environment and twelve digits`(_ prefix: String, _ start: String) throws {
        let keys = EntryKeys(prefix: prefix, environment: try EnvironmentName("a=b"))
        #expect(keys[.first] == "\(start)a%3Db/entries/000000000000")
        #expect(keys[Seq(rawValue: 999_999_999_999)] == "\(start)a%3Db/entries/999999999999")
    }

    @Test func `the number is read back from a key, and from nothing else`() throws {
        let keys = EntryKeys(prefix: "p", environment: try EnvironmentName("e"))
        #expect(keys.seq(of: keys[Seq(rawValue: 42)]) == Seq(rawValue: 42))
        for other in [
            "p/e/entries/42", "p/e/entries/00000000004x", "p/e/entries/+00000000042", "p/f/entries/000000000042",
        ] {
            #expect(keys.seq(of: other) == nil, "\(other)")
        }
    }
}
