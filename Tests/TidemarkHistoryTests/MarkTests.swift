import CivilTime
import FoundationEssentials
import GRDB
import HistoryFiles
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkHistory

/// Marks of a history that was verified.
struct MarkTests {
    private let scratch: Scratch
    private let name: EnvironmentName
    private var folder: String { "\(scratch.folder)/marks" }

    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
        try scratch.append(.of([.of("a"): 1]), release: "v9")
    }

    /// Opens the history some seconds after its last change.
    private func open(after seconds: Int64 = 10) throws -> History {
        let modified = try #require(FileStatus(scratch.path)).modified
        var clock = ProgramClock.system
        clock.millisecondsSince1970 = { modified + seconds * 1000 }
        return try History.open(
            readingAt: scratch.path, images: KindRegistry.all.images,
            marks: VerificationMarks(inFolder: folder, clock: clock))
    }

    private var paths: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
    }

    /// Verifies the history and dates the mark, instead of waiting.
    private func mark() throws {
        try open().verify()
        for path in paths { try date(path, in: 10) }
    }

    private func date(_ path: String, in seconds: TimeInterval) throws {
        try FileManager.default.setAttributes([.modificationDate: Date() + seconds], ofItemAtPath: path)
    }

    private func isMarked() throws -> Bool { try open().mark?.hold(for: [name]) ?? false }

    @Test func `a verified history is marked until it changes`() throws {
        #expect(try !isMarked())
        try mark()
        #expect(try isMarked())
        try scratch.append(.of([.of("a"): 2]))
        #expect(try !isMarked())
    }

    @Test func `an answer that relies on the index marks it, for the environments that it is about`() throws {
        try scratch.append(.of([.of("a"): 2]), to: "staging")
        _ = try open().deployments(of: "v9", in: name)
        for path in paths { try date(path, in: 10) }
        let mark = try open().mark
        #expect(try mark?.hold(for: [name]) == true && mark?.hold(for: [EnvironmentName("staging")]) == false)
    }

    @Test(arguments: [0, 1] as [Int64])
    func `a file that is not two seconds older than its mark is not marked`(seconds: Int64) throws {
        try open(after: seconds).verify()
        #expect(paths == [])
        try open().verify()
        #expect(try paths.count == 1 && !isMarked())
    }

    @Test func `another program that changes the file and restores its time leaves no mark`() throws {
        try mark()
        let before = try #require(FileStatus(scratch.path)).modified
        try scratch.tamper("DELETE FROM index_release")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(before) / 1000)], ofItemAtPath: scratch.path)
        #expect(try !isMarked())
        #expect(throws: Failure.self) { try open().deployments(of: "v9") }
    }

    @Test func `a folder that others can enter, a link and another file have no marks`() throws {
        try mark()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        #expect(try !isMarked())
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
        #expect(try isMarked())

        try FileManager.default.moveItem(atPath: folder, toPath: "\(scratch.folder)/elsewhere")
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: "\(scratch.folder)/elsewhere")
        #expect(try !isMarked())
        try open().verify()
    }

    @Test func `a copy of the file is not marked`() throws {
        try mark()
        try FileManager.default.copyItem(atPath: scratch.path, toPath: "\(scratch.folder)/copy.sqlite")
        try FileManager.default.removeItem(atPath: scratch.path)
        try FileManager.default.moveItem(atPath: "\(scratch.folder)/copy.sqlite", toPath: scratch.path)
        #expect(try !isMarked())
    }
}
