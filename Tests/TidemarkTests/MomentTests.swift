import Testing
import Tidemark
import TidemarkTestSupport

struct MomentTests {
    @Test(
        arguments: [
            ("latest", .latest(back: 0)), ("latest~2", .latest(back: 2)), ("@0", .seq(.first)),
            ("@42", .seq(Seq(rawValue: 42))),
            ("release:v9", .release("v9", back: 0)), ("release:v9~1", .release("v9", back: 1)),
            ("v9", .release("v9", back: 0)),
            ("v9~1", .release("v9", back: 1)), ("release:latest", .release("latest", back: 0)),
            ("2026-11-23T20:40:43.123Z", .time(Stack.start)), ("2026-11-23T21:40:43.123+01:00", .time(Stack.start)),
            ("latest2", .release("latest2", back: 0)), ("v1~rc1", .release("v1~rc1", back: 0)),
            ("v1~rc1~2", .release("v1~rc1", back: 2)), ("2026-11-23", .release("2026-11-23", back: 0)),
        ] as [(String, Moment)])
    func `a moment is parsed`(text: String, moment: Moment) throws {
        #expect(try Moment(text) == moment)
    }

    @Test func `a time without a fraction is the end of its second`() throws {
        let end = try #require(Timestamp("2026-11-23T20:40:43.999Z"))
        #expect(try Moment("2026-11-23T20:40:43Z") == .time(end))
        #expect(try Moment("2026-11-23T20:40:43.000Z") != .time(end))
    }

    @Test(arguments: [
        "", "@", "@-1", "@x", "@1.5", "@99999999999999999999", "~1", "latest~", "latest~x", "latest~-1", "release:",
    ])
    func `anything else is not a moment`(text: String) {
        let failure = #expect(throws: Failure.self) { try Moment(text) }
        #expect(failure?.code == .invalid)
    }

    @Test(arguments: [
        "latest", "latest~2", "@42", "release:v9", "release:v9~1", "2026-11-23T20:40:43.123Z", "2026-11-23T20:40:43Z",
    ])
    func `a moment is written as it is parsed`(text: String) throws {
        #expect(try Moment(text).description == text)
    }
}
