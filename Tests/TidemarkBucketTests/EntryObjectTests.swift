import Deflate
import StrictJSON
import Testing
import Tidemark
import TidemarkTestSupport

@testable import TidemarkBucket

@Suite struct EntryObjectTests {
    private let keys: EntryKeys
    private let chain: ChainBuilder

    init() throws {
        var chain = try ChainBuilder()
        try chain.append(.of([.of("a"): ["Engine": "ü"], .of("b"): ["Engine": "postgres"]]))
        try chain.append(.of([.of("a"): 1, .of("b"): ["Engine": "postgres"]]))
        self.chain = chain
        keys = EntryKeys(prefix: "history", environment: chain.environment)
    }

    private func lines(_ index: Int) throws -> [String] {
        let plain = try #require(
            Deflate.decompress(try EntryObject.encode(chain.entries[index]), from: .zlib, atMost: 1 << 20))
        return String(decoding: plain, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    private func decode(_ lines: [String], of seq: Int64 = 1) throws -> ExportedEntry {
        try decode(Deflate.compress(Array(lines.joined(separator: "\n").utf8), as: .zlib), of: seq)
    }

    private func decode(_ bytes: [UInt8], of seq: Int64 = 1) throws -> ExportedEntry {
        try EntryObject.decode(bytes, of: Seq(rawValue: seq), in: keys)
    }

    @Test(arguments: [0, 1, 2]) func `an entry is read back from its object`(_ index: Int) throws {
        let entry = chain.entries[index]
        let read = try decode(try EntryObject.encode(entry), of: Int64(index))
        #expect(read.entry == entry.entry)
        #expect(read.contents == entry.contents)
    }

    @Test func `the lines are header, body, and the contents that the state before lacks`() throws {
        let first = try lines(1)
        #expect(first[0] == chain.entries[1].entry.headerText)
        #expect(first[1] == chain.entries[1].entry.bodyText)
        // Two facets and the questions, and the end of the last line.
        #expect(first.count == 2 + 3 + 1)
        #expect(try lines(2)[2...] == ["1", ""])
    }

    @Test func `an erased entry has null for its body, and no contents`() throws {
        let entry = chain.entries[1].entry
        let erased = ExportedEntry(
            entry: try Entry(headerText: entry.headerText, bodyText: nil), contents: [:])
        let read = try decode(try EntryObject.encode(erased))
        #expect(read.entry.bodyText == nil)
        #expect(read.entry.hash == entry.hash)
    }

    @Test(arguments: [
        ("another body", "its body is not the one that was recorded"), ("another header", "its body is not"),
        ("no header", "its header is not JSON"), ("another content", "one that the entry does not name"),
        ("a content twice", "it has a content twice"), ("one line", "fewer than 2 lines"),
        ("no end", "its last line has no end"), ("another entry", "it is entry @0 of 'antenna-production'"),
    ])
    func `a line that is not the recorded one is refused`(_ damage: String, _ why: String) throws {
        var lines = try lines(1)
        switch damage {
        case "another body": lines[1] = #"{"started":1}"#
        case "another header": lines[0] = chain.entries[2].entry.headerText
        case "no header": lines[0] = ""
        case "another content": lines[2] = "2"
        case "a content twice": lines.insert(lines[2], at: 2)
        case "one line": lines = [lines[0], ""]
        case "no end": lines.removeLast()
        default: lines = try self.lines(0)
        }
        let failure = #expect(throws: Failure.self) { try decode(lines) }
        #expect(failure?.code == .history)
        #expect(failure?.what == "the object 'history/antenna-production/entries/000000000001' is damaged")
        #expect(failure?.why?.contains(why) == true, "\(failure?.why ?? "")")
    }

    @Test func `bytes that are cut, longer, or not zlib are refused`() throws {
        let bytes = try EntryObject.encode(chain.entries[1])
        for other in [[], Array(bytes.dropLast()), bytes + [0], Array("{}\n{}\n".utf8)] {
            #expect(throws: Failure.self) { try decode(other) }
        }
    }

    @Test func `an object that inflates to more than 64 MiB is refused`() throws {
        let bomb = Deflate.compress(
            [UInt8](repeating: UInt8(ascii: "\n"), count: ObjectLines.maximumSize + 1), as: .zlib)
        #expect(bomb.count < 100_000)
        let failure = #expect(throws: Failure.self) { try decode(bomb) }
        #expect(failure?.why == "it is not zlib data of at most 67108864 bytes")
    }

    @Test func `an object of too many lines is refused`() throws {
        let lines = Array(try lines(1)[..<2]) + [String](repeating: "1", count: EntryObject.maximumContents + 1) + [""]
        let failure = #expect(throws: Failure.self) { try decode(lines) }
        #expect(failure?.why?.contains("more than 100002") == true)
    }

    @Test func `an entry of another format says which tidemark reads it`() throws {
        var lines = try lines(1)
        lines[0].replace("\"format\":3", with: "\"format\":4")
        let failure = #expect(throws: Failure.self) { try decode(lines) }
        #expect(failure?.remedy == "use a newer tidemark")
    }

    @Test func `an entry that exceeds a limit is not encoded`() throws {
        let text = String(repeating: "1", count: ObjectLines.maximumSize)
        let entry = ExportedEntry(entry: chain.entries[1].entry, contents: [ContentHash(of: text.utf8): text])
        #expect(throws: Failure.self) { try EntryObject.encode(entry) }
    }
}
