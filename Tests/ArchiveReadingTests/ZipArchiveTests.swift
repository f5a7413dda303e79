import Deflate
import Testing

@testable import ArchiveReading

struct ZipArchiveTests {
    private let limits = ZipArchive.Limits(file: 1 << 20, total: 2 << 20)

    private func read(_ bytes: [UInt8], _ selected: String...) throws -> ZipArchive {
        try ZipArchive(bytes, limits: limits) { selected.contains($0) }
    }

    private func failure(of bytes: [UInt8], _ selected: String...) -> String? {
        do {
            _ = try ZipArchive(bytes, limits: limits) { selected.contains($0) }
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `every file is listed and the selected ones are unpacked`() throws {
        let bytes = archive([
            ("Dockerrun.aws.json", Array("{}".utf8)), (".ebextensions/", []),
            (".ebextensions/a.config", Array("a: 1".utf8)),
        ])
        let read = try read(bytes, ".ebextensions/a.config")
        #expect(read.names == ["Dockerrun.aws.json", ".ebextensions/a.config"])
        #expect(read.files == [".ebextensions/a.config": Array("a: 1".utf8)])
    }

    @Test(arguments: [("./a.json", "a.json"), (".ebextensions\\a.config", ".ebextensions/a.config"), ("././b", "b")])
    func `a path is interpreted as unzip does`(_ written: String, _ path: String) throws {
        #expect(try read(archive([(written, [1])])).names == [path])
    }

    @Test func `a name that is not in UTF-8 is in code page 437, unless the name in UTF-8 is beside it`() throws {
        var file = ArchivedFile("")
        file.name = [0x81, UInt8(ascii: "/"), 0xFF]
        #expect(try read(archive([file])).names == ["ü/\u{A0}"])
        let field = [1] + number(Int(Deflate.checksum(of: file.name)), 4) + Array("ž.config".utf8)
        file.extra = number(0x5455, 2) + number(1, 2) + [0] + number(0x7075, 2) + number(field.count, 2) + field
        #expect(try read(archive([file])).names == ["ž.config"])
        file.name[0] = 0x82
        #expect(try read(archive([file])).names == ["é/\u{A0}"])
    }

    @Test func `a stored file is read, and one after a comment`() throws {
        var file = ArchivedFile("a", [1, 2, 3])
        file.method = 0
        #expect(try read(archive([file], comment: "PK\u{5}\u{6} is not the end"), "a").files == ["a": [1, 2, 3]])
    }

    @Test func `an empty file is unpacked`() throws {
        #expect(try read(archive([("a", []), ("b", [1])]), "a").files == ["a": []])
    }

    @Test(arguments: ["", "PK", "not an archive at all, but a text of some length", "PK\u{5}\u{6}"])
    func `a text that is not an archive is refused`(_ text: String) {
        #expect(failure(of: Array(text.utf8)) != nil)
    }

    @Test func `a truncated archive is refused at every length`() throws {
        let bytes = archive([("a", Array(repeating: 7, count: 500)), ("b", Array("b".utf8))])
        for count in 0..<bytes.count { #expect(failure(of: Array(bytes[..<count]), "a", "b") != nil) }
    }

    @Test func `a content with a wrong checksum is refused`() throws {
        var file = ArchivedFile("a", Array("some content that is not compressed".utf8))
        file.method = 0
        var bytes = archive([file])
        let offset = try #require(bytes.firstRange(of: Array("content".utf8))?.lowerBound)
        bytes[offset] ^= 1
        #expect(failure(of: bytes, "a") == "'a' cannot be read: its checksum is wrong")
        // A file that is not selected is not unpacked.
        #expect(failure(of: bytes) == nil)
    }

    @Test func `a file beyond the limit is refused`() throws {
        let bomb = archive([("a", Array(repeating: 0, count: 64 << 20))])
        #expect(bomb.count < 100_000)
        #expect(failure(of: bomb, "a") == "'a' unpacks to more than 1048576 bytes")
    }

    @Test func `files that exceed the total limit together are refused`() throws {
        let big = Array(repeating: UInt8(0), count: 1 << 20)
        let bomb = archive([("a", big), ("b", big), ("c", [1])])
        #expect(failure(of: bomb, "a", "b") == nil)
        #expect(failure(of: bomb, "a", "b", "c") == "'c' unpacks to more than 0 bytes")
    }

    @Test func `the size that an archive claims is not trusted`() throws {
        var bomb = archive([("a", Array(repeating: 0, count: 4 << 20))])
        // Claim a size of 1 in the central directory.
        let entry = try #require(bomb.firstRange(of: [0x50, 0x4B, 0x01, 0x02])?.lowerBound)
        bomb.replaceSubrange(entry + 24..<entry + 28, with: [1, 0, 0, 0])
        #expect(failure(of: bomb, "a") == "'a' cannot be read: its content is damaged")
    }

    @Test func `a selected file that occurs twice is refused`() throws {
        let bytes = archive([("a", [1]), ("b", [2])])
        let twins = bytes.map { $0 == UInt8(ascii: "b") ? UInt8(ascii: "a") : $0 }
        #expect(failure(of: twins, "a") == "it has 'a' twice")
        #expect(failure(of: twins) == nil)
    }

    @Test func `an encrypted file and one that is not deflated are refused`() {
        var file = ArchivedFile("a", [1])
        file.flags = 1
        #expect(failure(of: archive([file]), "a") == "'a' cannot be read: it is encrypted")
        (file.flags, file.method) = (0, 12)
        #expect(failure(of: archive([file]), "a") == "'a' cannot be read: it is compressed by method 12, not deflated")
    }

    @Test func `a part of an archive is refused`() throws {
        var bytes = archive([("a", [1])])
        let end = try #require(bytes.firstRange(of: [0x50, 0x4B, 0x05, 0x06])?.lowerBound)
        bytes[end + 4] = 1
        #expect(failure(of: bytes) == "it is one of several parts of an archive")
    }

    @Test func `more files than fit without zip64 are refused`() throws {
        var bytes = archive([("a", [1])])
        let end = try #require(bytes.firstRange(of: [0x50, 0x4B, 0x05, 0x06])?.lowerBound)
        bytes.replaceSubrange(end + 10..<end + 12, with: [0xFF, 0xFF])
        #expect(failure(of: bytes) == "it has more than 65534 files")
    }

    @Test func `no flipped bit changes a content unnoticed`() throws {
        let bytes = archive([("a", Array("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8)), ("b/c", [1, 2, 3])])
        for index in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[index] ^= 1 << bit
                // The content is unchanged, or the archive is refused.
                let read = try? ZipArchive(flipped, limits: limits) { _ in true }
                #expect(read.map { $0.files["b/c"] == nil || $0.files["b/c"] == [1, 2, 3] } ?? true)
            }
        }
    }
}
