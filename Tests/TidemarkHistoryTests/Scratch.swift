import CivilTime
import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

/// A temporary folder, removed with the value.
final class Scratch: Sendable {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The history of the tests.
    var path: String { "\(folder)/tidemark.sqlite" }

    /// The history, open for reading.
    var history: History {
        get throws { try History.open(readingAt: path, images: KindRegistry.all.images) }
    }

    var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } }

    var bytes: Data { get throws { try Data(contentsOf: URL(filePath: path)) } }

    /// Runs `body` on the file without Tidemark's code.
    func raw<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction(body)
    }

    func count(_ table: String) throws -> Int {
        try raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }

    /// Runs SQL without the triggers that protect the log, and creates them again.
    func tamper(_ sql: String) throws {
        try raw { database in
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try database.execute(sql: "PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0")
            try database.execute(sql: sql)
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
        }
    }

    /// Every row of every table, as text.
    func dump() throws -> [String] {
        try raw { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            return try tables.flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }.sorted()
            }
        }
    }

    // MARK: Recording

    @discardableResult
    func append(
        _ observation: EnvironmentObservation, to environment: String = "antenna-production", release: String? = nil,
        commit: String? = nil,
        at time: Int64 = 0
    ) throws -> AppendedSnapshot? {
        let name = try EnvironmentName(environment)
        let writable = try History.open(appendingAt: path, images: KindRegistry.all.images)
        let release = try release.map { label throws(Failure) in
            try Release(label: label, by: "release-bot", commit: commit)
        }
        var clock = ProgramClock.system
        clock.millisecondsSince1970 = { 1_795_466_443_123 + time }
        clock.elapsed = { .milliseconds(time) }
        return try writable.append(
            Recording(
                environment: name, observation: observation, release: release,
                after: try writable.head(of: name)?.snapshot, attempt: .fixed), clock: clock)
    }

    func snapshot(_ moment: String, of environment: String = "antenna-production") throws -> Snapshot {
        try history.snapshot(
            of: EnvironmentName(environment), at: Moment(moment))
    }
}

extension FacetID {
    static func of(_ identity: String, _ name: String = "description") -> FacetID {
        FacetID(ResourceID(.rdsDBInstance, identity), name)
    }
}

extension EnvironmentObservation {
    static func of(
        _ facets: [FacetID: JSON?] = [.of("antenna-postgres"): ["Engine": "postgres"]], id: String = "e-abc",
        fingerprints: [Fingerprint] = [], keyID: String? = nil, gaps: [Gap] = [],
        unsettled: [UnsettledReason] = []
    ) -> EnvironmentObservation {
        let time = Timestamp(millisecondsSince1970: 1_795_466_443_000)
        return EnvironmentObservation(
            started: time, finished: time,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: id),
            caller: "arn:aws:iam::123456789012:user/release-bot", facets: facets,
            coverage: Coverage(
                questions: [Question(service: "rds", operation: "DescribeDBInstances", parameters: [:])], gaps: gaps),
            fingerprints: fingerprints, keyID: keyID, decoders: KindRegistry.all.decoders(), unsettled: unsettled)
    }
}
