import Foundation
import Testing
import Tidemark

@testable import TidemarkCLI

/// Files in a folder of their own, which is removed in the end.
final class WholeFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> String { folder.appending(path: name).path }
    private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    @Test func `a new file has the text, and nothing else is left`() throws {
        try WholeFile.write("text", to: path("report"))
        #expect(try text("report") == "text")
        #expect(try names == ["report"])
    }

    @Test func `a file that is replaced keeps its permissions`() throws {
        try "a longer old text".write(toFile: path("report"), atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("report"))
        try WholeFile.write("text", to: path("report"))
        #expect(try text("report") == "text")
        #expect(try FileManager.default.attributesOfItem(atPath: path("report"))[.posixPermissions] as? Int == 0o640)
    }

    @Test func `a link keeps its target, which gets the text`() throws {
        try "old".write(toFile: path("report"), atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "report")
        try WholeFile.write("text", to: path("link"))
        #expect(try text("report") == "text")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("link")) == "report")
    }

    @Test func `a link out of the folder is refused, and its target stays`() throws {
        try FileManager.default.createDirectory(atPath: path("checkout"), withIntermediateDirectories: false)
        try "old".write(toFile: path("outside"), atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: path("checkout/link"), withDestinationPath: "../outside")
        #expect(throws: Failure.self) { try WholeFile.write("text", to: self.path("checkout/link")) }
        #expect(try text("outside") == "old")
    }

    @Test func `a file without a folder is an error that names it`() throws {
        let missing = path("missing/report")
        #expect(
            throws: Failure(
                .unavailable, "'\(missing)' cannot be written", why: "no such file or directory",
                remedy: "check the path")
        ) { try WholeFile.write("text", to: missing) }
    }

    @Test func `a pipe that nobody reads is refused at once, and one that is read gets the text`() throws {
        try #require(mkfifo(path("pipe"), 0o600) == 0)
        let failure = #expect(throws: Failure.self) { try WholeFile.write("text", to: self.path("pipe")) }
        #expect(failure?.why == "it is a pipe that no process reads")
        let reader = open(path("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try WholeFile.write("text", to: path("pipe"))
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, 8) == 4)
    }

    @Test func `only one process replaces a file, and only the one that it has locked`() throws {
        try "old".write(toFile: path("b.yml"), atomically: false, encoding: .utf8)
        let first = try #require(try FileLock(path("b.yml")))
        #expect(try FileLock(path("b.yml")) == nil)
        try WholeFile.write("new", to: path("b.yml"))
        first.release()
        let second = try #require(try FileLock(path("b.yml")))
        second.release()
    }
}
