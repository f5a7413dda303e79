import Foundation
import Testing
import Tidemark

@testable import TidemarkCLI

struct HistoryOptionsTests {
    @Test func `a project with several environments does not leave the choice to the history`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "project.yml").path
        try "environments: { a: , b: }".write(toFile: file, atomically: false, encoding: .utf8)
        let project = try ProjectFile(named: file)

        let failure = #expect(throws: Failure.self) {
            try HistoryOptions.parse([]).nameToObserve(
                in: project, HistoryLocation(folder.appending(path: "none.sqlite").path))
        }
        #expect(failure?.message == "no environment was named: \(file) has 'a', 'b': pass -e NAME")
        #expect(
            try HistoryOptions.parse(["-e", "b"]).nameToObserve(in: project, HistoryLocation("none")).rawValue == "b")
    }
}
