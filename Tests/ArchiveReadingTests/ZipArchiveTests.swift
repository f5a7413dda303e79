import Testing

@testable import ArchiveReading

struct ZipArchiveTests {
    private let limits = ZipArchive.Limits(file: 1 << 20, total: 2 << 20)

    private func read(_ bytes: [UInt8], _ wanted: String...) throws -> ZipArchive {
        try ZipArchive(bytes, limits: limits) { wanted.contains($0) }
    }

    private func complaint(about bytes: [UInt8], _ wanted: String...) -> String? {
        do {
            _ = try ZipArchive(bytes, limits: limits) { wanted.contains($0) }
            return nil
        } catch {
            return error.description
        }
    }

    @Test func namesEveryFileAndUnpacksTheWantedOnes() throws {
        let bytes = try archive([
            ("Dockerrun.aws.json", Array("{}".utf8)), (".ebextensions/", []),
            (".ebextensions/a.config", Array("a: 1".utf8)),
        ])
        let read = try read(bytes, ".ebextensions/a.config")
        #expect(read.names == ["Dockerrun.aws.json", ".ebextensions/a.config"])
        #expect(read.files == [".ebextensions/a.config": Array("a: 1".utf8)])
    }

    @Test(arguments: [("./a.json", "a.json"), (".ebextensions\\a.config", ".ebextensions/a.config"), ("././b", "b")])
    func readsAPathAsUnzipDoes(_ written: String, _ path: String) throws {
        #expect(try read(archive([(written, [1])])).names == [path])
    }

    @Test func unpacksAnEmptyFile() throws {
        #expect(try read(archive([("a", []), ("b", [1])]), "a").files == ["a": []])
    }

    @Test(arguments: ["", "PK", "not an archive at all, but a text of some length", "PK\u{5}\u{6}"])
    func refusesWhatIsNoArchive(_ text: String) {
        #expect(complaint(about: Array(text.utf8)) != nil)
    }

    @Test func refusesEveryTruncation() throws {
        let bytes = try archive([("a", Array(repeating: 7, count: 500)), ("b", Array("b".utf8))])
        for count in 0..<bytes.count { #expect(complaint(about: Array(bytes[..<count]), "a", "b") != nil) }
    }

    @Test func refusesContentThatIsNotThatOfItsChecksum() throws {
        var bytes = try archive([("a", Array("some content that is not compressed".utf8))])
        let place = try #require(bytes.firstRange(of: Array("content".utf8))?.lowerBound)
        bytes[place] ^= 1
        #expect(complaint(about: bytes, "a") == "'a' cannot be read: crc error")
        // A file that nobody wants is not unpacked.
        #expect(complaint(about: bytes) == nil)
    }

    @Test func stopsAtAFileThatUnpacksToMoreThanItMay() throws {
        let bomb = try archive([("a", Array(repeating: 0, count: 64 << 20))])
        #expect(bomb.count < 100_000)
        #expect(complaint(about: bomb, "a") == "'a' unpacks to more than 1048576 bytes")
    }

    @Test func stopsAtFilesThatTogetherUnpackToMoreThanTheyMay() throws {
        let big = Array(repeating: UInt8(0), count: 1 << 20)
        let bomb = try archive([("a", big), ("b", big), ("c", [1])])
        #expect(complaint(about: bomb, "a", "b") == nil)
        #expect(complaint(about: bomb, "a", "b", "c") == "'c' unpacks to more than 0 bytes")
    }

    @Test func doesNotBelieveTheSizeThatAnArchiveNames() throws {
        var bomb = try archive([("a", Array(repeating: 0, count: 4 << 20))])
        // The size in the central directory, which says 1.
        let entry = try #require(bomb.firstRange(of: [0x50, 0x4B, 0x01, 0x02])?.lowerBound)
        bomb.replaceSubrange(entry + 24..<entry + 28, with: [1, 0, 0, 0])
        #expect(complaint(about: bomb, "a") != nil)
    }

    @Test func refusesTwoFilesOfOneName() throws {
        let bytes = try archive([("a", [1]), ("b", [2])])
        let twins = bytes.map { $0 == UInt8(ascii: "b") ? UInt8(ascii: "a") : $0 }
        #expect(complaint(about: twins, "a") == "'a' stands twice in it")
        #expect(complaint(about: twins) == nil)
    }

    @Test func refusesAnEncryptedFile() throws {
        let bytes = try archive([("a", [1])], password: "hunter2hunter2")
        #expect(complaint(about: bytes, "a")?.contains("no password") == true)
    }

    @Test func refusesMoreFilesThanFitWithoutZip64() throws {
        var bytes = try archive([("a", [1])])
        let end = try #require(bytes.firstRange(of: [0x50, 0x4B, 0x05, 0x06])?.lowerBound)
        bytes.replaceSubrange(end + 10..<end + 12, with: [0xFF, 0xFF])
        #expect(complaint(about: bytes) == "it has more than 65534 files")
    }

    @Test func survivesAnyFlippedBit() throws {
        let bytes = try archive([("a", Array("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8)), ("b/c", [1, 2, 3])])
        for place in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[place] ^= 1 << bit
                // Whatever is read is what was written, or is complained about.
                let read = try? ZipArchive(flipped, limits: limits) { _ in true }
                #expect(read.map { $0.files["b/c"] == nil || $0.files["b/c"] == [1, 2, 3] } ?? true)
            }
        }
    }
}
