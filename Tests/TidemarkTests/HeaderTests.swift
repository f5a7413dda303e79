import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark

struct HeaderTests {
    private let body = "{}"

    private func header(seq: Int64 = 42, previous: ContentHash? = ContentHash(of: [])) throws -> Header {
        Header(
            environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: seq), at: Stack.start,
            kind: .snapshot, actor: "arn:aws:iam::123456789012:user/release-bot", previous: previous,
            body: ContentHash(of: body.utf8))
    }

    /// A change of these bytes breaks every existing chain.
    @Test func `a header has these bytes and this hash`() throws {
        let entry = Entry(header: try header(), bodyText: body)

        #expect(
            entry.headerText
                == #"{"actor":"arn:aws:iam::123456789012:user/release-bot","at":"2026-11-23T20:40:43.123Z","#
                + #""body":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","#
                + #""environment":"antenna-production","format":2,"kind":"snapshot","#
                + #""previous":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","seq":42}"#)
        #expect(entry.hash.hexadecimal == "0e0fe65df6d49af404e0f54abf6a9b06f3a75388d39f7d6dc02e65fcb23b5fb2")
    }

    @Test func `the first header has no previous`() throws {
        let entry = Entry(header: try header(seq: 0, previous: nil), bodyText: body)
        #expect(entry.headerText.contains(#""previous":null,"seq":0}"#))
        #expect(entry.hash.hexadecimal == "653ba76f6405c5569e727a3440f147a37641b0f729068c84d8a233dbfa077fc9")
    }

    @Test func `a header is the same after writing and reading`() throws {
        #expect(try Header(parsing: header().text) == header())
        #expect(try Header(parsing: header(seq: 0, previous: nil).text) == header(seq: 0, previous: nil))
    }

    @Test func `an entry whose body was changed is refused`() throws {
        let text = try header().text
        #expect(throws: Never.self) { try Entry(headerText: text, bodyText: "{}") }
        let failure = #expect(throws: Failure.self) { try Entry(headerText: text, bodyText: "{ }") }
        #expect(failure?.code == .history)
    }

    @Test func `hashed bytes are stored unchanged`() throws {
        let text = try header().text.replacing(",", with: ", ")
        let entry = try Entry(headerText: text, bodyText: body)
        #expect(entry.headerText == text)
        #expect(entry.hash == ContentHash(of: text.utf8))
    }

    @Test(arguments: ["actor", "at", "body", "environment", "format", "kind", "previous", "seq"])
    func `a header without one of its members is refused`(member: String) throws {
        var object = try #require(try JSON(parsing: header().text).object)
        object[member] = nil
        let failure = #expect(throws: Failure.self) { try Header(parsing: JSON.object(object).canonical) }
        #expect(failure?.code == .history)
    }

    @Test(
        arguments: [
            ("at", "yesterday"), ("body", "abc"), ("environment", "a b"), ("format", 1), ("seq", "0"), ("previous", 5),
            ("previous", "abc"),
        ] as [(String, JSON)])
    func `a header with an invalid member is refused`(member: String, value: JSON) throws {
        var object = try #require(try JSON(parsing: header().text).object)
        object[member] = value
        #expect(throws: Failure.self) { try Header(parsing: JSON.object(object).canonical) }
    }

    @Test(arguments: [
        ("1", "keep this history for the older tidemark, and record into a new file"), ("3", "use a newer tidemark"),
    ])
    func `the error for another format names the format`(format: String, remedy: String) throws {
        let text = try header().text.replacing(#""format":2"#, with: #""format":\#(format)"#)
        let failure = #expect(throws: Failure.self) { try Header(parsing: text) }
        #expect(failure?.description == "an entry has format \(format): this tidemark reads format 2: \(remedy)")
    }

    @Test func `an entry of an unknown kind can be read`() throws {
        let text = try header().text.replacing(#""kind":"snapshot""#, with: #""kind":"checkpoint""#)
        #expect(try Header(parsing: text).kind == EntryKind(rawValue: "checkpoint"))
    }
}
