import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark

struct HeaderTests {
    private let body = "{}"

    private func header(seq: Int64 = 42, previous: ContentHash? = ContentHash(of: [])) throws -> Header {
        try .of(seq: seq, previous: previous, body: body)
    }

    /// A change of these bytes breaks every existing chain.
    @Test func `a header has these bytes and this hash`() throws {
        let entry = Entry(header: try header(), bodyText: body)

        #expect(
            entry.headerText
                == #"{"actor":"arn:aws:iam::123456789012:user/release-bot","at":"2026-11-23T20:40:43.123Z","#
                + #""attempt":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","#
                + #""body":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","clock":"aws","#
                + #""environment":"antenna-production","format":3,"kind":"snapshot","#
                + #""previous":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","seq":42}"#)
        #expect(entry.hash.hexadecimal == "824a7101edbe4d261d0f66946a8c02d5fe02b169a6c94efb75cea7f12cf05511")
    }

    @Test func `the first header has the log's id and no previous`() throws {
        let entry = Entry(header: try header(seq: 0, previous: nil), bodyText: body)
        #expect(entry.headerText.contains(#""log":"0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a","previous":null,"seq":0}"#))
        #expect(entry.hash.hexadecimal == "7eeaae5b5beddcf057b9ca50f6547ad224989c42cb0fece6fd000eeaed65f3a7")
    }

    @Test func `a header names the newest release, the newest run and a kind that must be known`() throws {
        let plain = try header()
        let full = Header(
            environment: plain.environment, seq: plain.seq, at: plain.at, clock: .machine, kind: plain.kind,
            isNeeded: true, actor: nil, attempt: plain.attempt, newestRelease: Seq(rawValue: 40),
            newestRun: Seq(rawValue: 41), previous: plain.previous, body: plain.body)
        #expect(full.text.contains(#""actor":null"#) && full.text.contains(#""clock":"machine""#))
        #expect(full.text.contains(#""needed":true,"#) && full.text.contains(#""release":40,"run":41,"#))
        #expect(try Header(parsing: full.text) == full)
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

    @Test(arguments: ["actor", "at", "attempt", "body", "clock", "environment", "format", "kind", "previous", "seq"])
    func `a header without one of its members is refused`(member: String) throws {
        var object = try #require(try JSON(parsing: header().text).object)
        object[member] = nil
        let failure = #expect(throws: Failure.self) { try Header(parsing: JSON.object(object).canonical) }
        #expect(failure?.code == .history)
    }

    @Test(
        arguments: [
            ("actor", 5), ("at", "yesterday"), ("attempt", "abc"), ("body", "abc"), ("log", "abc"), ("needed", 1),
            ("release", "1"), ("run", "1"), ("environment", "a b"), ("format", 1), ("seq", "0"), ("previous", 5),
            ("previous", "abc"),
        ] as [(String, JSON)])
    func `a header with an invalid member is refused`(member: String, value: JSON) throws {
        var object = try #require(try JSON(parsing: header().text).object)
        object[member] = value
        #expect(throws: Failure.self) { try Header(parsing: JSON.object(object).canonical) }
    }

    @Test(arguments: [
        ("2", "keep this history for the older tidemark, and record into a new file"), ("4", "use a newer tidemark"),
    ])
    func `the error for another format names the format`(format: String, remedy: String) throws {
        let text = try header().text.replacing(#""format":3"#, with: #""format":\#(format)"#)
        let failure = #expect(throws: Failure.self) { try Header(parsing: text) }
        #expect(failure?.description == "an entry has format \(format): this tidemark reads format 3: \(remedy)")
    }

    @Test func `an entry of an unknown kind can be read`() throws {
        let text = try header().text.replacing(#""kind":"snapshot""#, with: #""kind":"checkpoint""#)
        #expect(try Header(parsing: text).kind == EntryKind(rawValue: "checkpoint"))
    }
}
