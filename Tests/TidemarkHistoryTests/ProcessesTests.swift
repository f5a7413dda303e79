import FoundationEssentials
import GRDB
import HistoryFiles
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkHistory

/// Many processes that record into one file at once, with the code of `tidemark record` and a short walk.
@Suite(.timeLimit(.minutes(30))) struct ProcessesTests {
    private static let processes = 8
    private static let records = 50

    private static func record(_ process: Int, at path: String) async throws {
        let name = try EnvironmentName("antenna-production")
        for number in 1...records {
            let release = try Release(label: "p\(process)-\(number)")
            _ = try await History.record(
                at: path, images: KindRegistry.all.images, environment: name, release: release,
                lockTimeout: LockTimeout(total: .seconds(1800))
            ) { head in
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...5)))
                // Each observes its own count, and how many entries came before it, which only the newest head has.
                let before = JSON(Int(head?.header.seq.rawValue ?? 0))
                return .of([.of("p\(process)"): JSON(number), .of("before"): before])
            }
        }
    }

    @Test func `eight processes that record fifty times each lose nothing, in one unbroken chain`() async throws {
        let scratch = try Scratch()
        await withTaskGroup(of: Void.self) { group in
            for process in 1...Self.processes {
                group.addTask { [path = scratch.path] in
                    await #expect(processExitsWith: .success) { [process = process as Int, path = path as String] in
                        try await Self.record(process, at: path)
                    }
                }
            }
        }

        #expect(try scratch.files == ["tidemark.sqlite"])
        let rows = try scratch.raw {
            try Row.fetchAll($0, sql: "SELECT seq, header, lower(hex(hash)) AS hash, body FROM log_entry ORDER BY seq")
        }
        #expect(rows.map { $0["seq"] } == Array(0...Self.processes * Self.records))
        var previous: String?
        var counts: [String: Int] = [:]
        for row in rows {
            let header = try JSON(parsing: row["header"] as String)
            #expect(header["previous"]?.string == previous)
            // Long bodies are compressed.
            let text = try #require(StoredBody.decode(row["body"]))
            #expect(header["body"]?.string == hash(text))
            #expect(hash(row["header"]) == row["hash"])
            previous = row["hash"]
            let body = try JSON(parsing: text)
            guard let label = body["release"]?["label"]?.string else { continue }
            let (process, number) = try #require(label.split(separator: "-").tuple)
            // The records of each process are in order and complete.
            #expect(Int(number) == counts[process, default: 0] + 1)
            counts[process, default: 0] += 1
        }
        #expect(counts == Dictionary(uniqueKeysWithValues: (1...Self.processes).map { ("p\($0)", Self.records) }))
        // No walk began before the snapshot before it was appended.
        for seq in rows.dropFirst(2).compactMap({ $0["seq"] as Int64? }) {
            #expect(try scratch.snapshot("@\(seq)").facets[.of("before")]?.content == JSON(Int(seq - 1)))
        }
    }

    private func hash(_ text: String) -> String { ContentHash(of: text.utf8).hexadecimal }
}

extension [Substring] {
    fileprivate var tuple: (String, String)? { count == 2 ? (String(self[0]), String(self[1])) : nil }
}
