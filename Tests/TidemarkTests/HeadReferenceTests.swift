import Testing
import Tidemark

struct HeadReferenceTests {
    private let hash = String(repeating: "0a", count: 32)

    @Test func `a head is parsed as it is written`() throws {
        let head = try #require(HeadReference("@31:\(hash)"))
        #expect(head.seq == Seq(rawValue: 31) && head.hash.hexadecimal == hash)
        #expect(head.description == "@31:\(hash)")
        #expect(
            try Heads([EnvironmentName("antenna-production"): head]).json == [
                "antenna-production": .string("@31:\(hash)")
            ])
    }

    @Test(arguments: [
        "", "@31", "31:HASH", "@:HASH", "@-1:HASH", "@x:HASH", "@31:", "@31:HASH0", "@31:HASH:", " @31:HASH",
        "@31:0A0A", "latest",
    ])
    func `anything else is not a head`(text: String) {
        #expect(HeadReference(text.replacing("HASH", with: hash)) == nil)
    }
}
