import StrictJSON
import Testing
import Tidemark

@testable import TidemarkHistory

/// Exports of the log.
struct ExportTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `an entry is exported with the contents that the state before it lacks`() throws {
        let states: [[FacetID: JSON?]] = [
            [.of("a"): 1, .of("b"): 1], [.of("a"): 2], [.of("b"): 2], [.of("a"): 1], [.of("a"): .none], [.of("c"): 1],
        ]
        for state in states { try scratch.append(.of(state)) }

        var contents: [[String]] = []
        try scratch.history.export(EnvironmentName("antenna-production")) { entry throws(Failure) in
            contents.append(entry.contents.values.filter { !$0.hasPrefix("[") }.sorted())
        }
        // The binding, then an entry for each state: 1 is gone after the third.
        #expect(contents == [[], ["1"], ["2"], [], ["1"], [], ["1"]])
    }

    @Test func `a line is canonical JSON`() throws {
        try scratch.append(.of([.of("a"): ["Size": JSON(1)]]), release: "v9")
        try scratch.history.export(EnvironmentName("antenna-production")) { entry throws(Failure) in
            let json = try? JSON(parsing: entry.line)
            #expect(json.map { $0.canonical + "\n" } == entry.line)
            #expect(json?["hash"] == .string(entry.entry.hash.hexadecimal))
        }
    }

    @Test func `a copy has the entries and the index of the history`() throws {
        for (number, environment) in ["antenna-staging", "antenna-production", "antenna-staging"].enumerated() {
            try scratch.append(.of([.of("a"): ["Size": JSON(number)]]), to: environment, release: "v\(number)")
        }
        let copy = try Scratch()
        try scratch.history.copy(to: copy.path)

        #expect(try copy.history.environments() == scratch.history.environments())
        for environment in try scratch.history.environments() {
            #expect(try copy.history.newest(of: environment) == scratch.history.newest(of: environment))
        }
        #expect(try copy.files == ["tidemark.sqlite"])
        #expect(try copy.count("index_release") == 3)
        try copy.history.verify()
        let failure = #expect(throws: Failure.self) { try scratch.history.copy(to: copy.path) }
        #expect(failure?.why == "it exists already")
    }
}
