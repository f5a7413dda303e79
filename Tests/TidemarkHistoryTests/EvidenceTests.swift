import GRDB
import HistoryFiles
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkHistory

/// Histories whose index is damaged: no answer relies on it unverified.
struct EvidenceTests {
    private let scratch: Scratch
    private let name: EnvironmentName

    /// @1 v9 and @2 v10, each with a fingerprint and a reading; @3 without a release.
    init() throws {
        scratch = try Scratch()
        name = try EnvironmentName("antenna-production")
        for (tag, digest, release) in [("v9", "aa", "v9"), ("v10", "bb", "v10"), ("v10", "bb", nil)] {
            var observation = EnvironmentObservation.running(tag, digest, tags: ["v9": "aa", "v10": "bb"])
            let facet = FacetID.of("antenna-postgres")
            observation.readings = [Reading(resource: facet.resource, name: "status", value: "available")]
            let place = Fingerprint.Location(facet: facet, path: "Password", part: "value")
            observation.fingerprints = [Fingerprint(location: place, value: Fingerprint.Value(key: "k", code: digest))]
            observation.keyID = "k"
            try scratch.append(observation, release: release)
        }
    }

    enum Question: String, CaseIterable, Sendable {
        case verify, who, tags, label, diff, latest, time, log, environment, record
    }

    /// An answer as text.
    private func answer(_ question: Question) throws -> String {
        let history = try scratch.history
        switch question {
        case .verify: return "\(try history.verify())"
        case .who: return "\(try history.deployments(of: "v10"))"
        case .tags: return "\(try history.tags())"
        case .label: return "\(try scratch.snapshot("release:v9").seq)"
        case .diff:
            let diff = try history.diff(of: name, from: Moment("@1"), to: Moment("@2"))
            return "\(diff.rotated) \(diff.resources.map { ($0.label, $0.category) })"
        case .latest: return "\(try scratch.snapshot("latest").seq)"
        case .time: return "\(try scratch.snapshot("2026-11-23T23:00:00Z").seq)"
        case .log: return "\(try history.entries(of: name, limit: 2).map(\.entry.hash))"
        case .environment: return "\(try history.environment(nil))"
        case .record:
            return "\(try scratch.append(.running("v11", "cc", tags: ["v9": "aa"]))?.rotated as Any)"
        }
    }

    @Test(
        arguments: [
            ("UPDATE index_image SET tag = 'v8' WHERE seq = 2 AND vantage = 'running'", [.who, .tags]),
            ("UPDATE index_image SET digest = 'sha256:cc' WHERE vantage = 'registry'", [.who, .tags]),
            ("UPDATE index_image SET repository = repository || 's'", [.who, .tags]),
            ("UPDATE index_image SET until = 3 WHERE until IS NULL", [.who, .tags]),
            ("DELETE FROM index_image WHERE seq = 2", [.who, .tags]),
            ("UPDATE index_version SET seq = 3 WHERE seq = 2", [.who, .tags]),
            ("UPDATE index_resource SET identity = identity || 's'", [.who, .tags, .diff, .record]),
            ("UPDATE index_resource SET environment = 7", [.who, .tags, .diff]),
            ("UPDATE index_release SET label = 'v8' WHERE label = 'v9'", [.who, .tags]),
            ("UPDATE index_release SET claimed_by = 'mallory'", [.who, .tags]),
            ("DELETE FROM index_release", [.who, .tags]),
            ("UPDATE index_fingerprint SET code = 'dd' WHERE seq = 2", [.who, .tags, .diff]),
            ("DELETE FROM index_fingerprint WHERE seq = 2", [.who, .tags, .diff]),
            ("UPDATE index_current_fingerprint SET code = 'dd'", [.who, .tags, .latest, .time, .record]),
            ("DELETE FROM index_current_reading", [.who, .tags, .latest, .time, .record]),
            (
                "UPDATE index_current_text SET text = replace(text, 'v10', 'v11')",
                [.who, .tags, .latest, .time, .record]
            ),
            ("UPDATE index_current SET facet = 1", [.who, .tags, .latest, .time, .record]),
            ("DELETE FROM index_current", [.who, .tags, .latest, .time, .record]),
            ("DELETE FROM index_walk", [.who, .tags, .diff, .latest, .time, .label, .log, .record]),
            ("UPDATE index_walk SET asked = 7", [.who, .tags, .diff, .latest, .time, .label, .record]),
            ("UPDATE index_entry SET effective = 7 WHERE seq = 2", [.who, .tags]),
            ("DELETE FROM index_entry WHERE seq = 3", [.who, .tags, .latest, .time, .label, .log, .record]),
            ("DROP VIEW image_tag; CREATE VIEW image_tag AS SELECT 1", [.who, .tags]),
        ] as [(String, Set<Question>)])
    func `an index that differs from the log is noticed by the answers that rely on it`(
        sql: String, relying: Set<Question>
    ) throws {
        let truth = try Dictionary(
            uniqueKeysWithValues: Question.allCases.filter { $0 != .record }.map { ($0, try answer($0)) })
        try scratch.tamper(sql)
        for question in relying.union([.verify]) {
            let failure = #expect(throws: Failure.self, "\(question)") { try answer(question) }
            #expect(failure?.code == .history)
        }
        // The others verify hashes and roots, and answer correctly or fail.
        for question in Question.allCases where ![.record, .verify].contains(question) && !relying.contains(question) {
            do throws(Failure) {
                #expect(try failing { try answer(question) } == truth[question], "\(question)")
            } catch {
                #expect(error.code == .history)
            }
        }
        if relying.contains(.record) { #expect(try scratch.count("log_entry") == 4) }
    }

    @Test(arguments: ["index_current SET seq = 1", "index_current SET seq = 3"])
    func `the entry since which a facet has its content records it`(change: String) throws {
        let snapshot = try scratch.snapshot("@3")
        #expect(throws: Never.self) { try scratch.history.verifyOnsets(in: snapshot, of: nil) }
        try scratch.tamper("UPDATE \(change)")
        let failure = #expect(throws: Failure.self) {
            try scratch.history.verifyOnsets(in: scratch.snapshot("@3"), of: nil)
        }
        #expect(failure?.code == .history)
    }

    private func failing<Value>(_ body: () throws -> Value) throws(Failure) -> Value {
        do { return try body() } catch { throw Failure(error, path: scratch.path) }
    }

    /// Replaces the table of the entries by another b-tree, as a damaged page could.
    private func replaceEntries(where condition: String) throws {
        try scratch.raw { database in
            try database.execute(
                sql: """
                    CREATE TABLE shadow (environment, seq, hash, header, body, PRIMARY KEY (environment, seq));
                    INSERT INTO shadow SELECT * FROM log_entry WHERE \(condition);
                    PRAGMA writable_schema = 1;
                    UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'shadow')
                    WHERE name = 'log_entry' AND type = 'table';
                    UPDATE sqlite_schema
                    SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_shadow_1')
                    WHERE name = 'sqlite_autoindex_log_entry_1';
                    DELETE FROM sqlite_schema WHERE name IN ('shadow', 'sqlite_autoindex_shadow_1');
                    PRAGMA writable_schema = RESET;
                    """)
        }
    }

    @Test func `a newest entry that the table has lost is not skipped`() throws {
        try replaceEntries(where: "seq < 3")
        for question in Question.allCases where question != .label && question != .environment && question != .diff {
            let failure = #expect(throws: Failure.self, "\(question)") { try answer(question) }
            #expect(failure?.code == .history, "\(question)")
        }
    }

    @Test func `an entry in the middle that the table has lost is not skipped`() throws {
        try replaceEntries(where: "seq <> 2")
        for moment in ["latest~1", "@2", "latest~2"] {
            let failure = #expect(throws: Failure.self, "\(moment)") { try scratch.snapshot(moment).seq }
            #expect(failure?.code == .history, "\(moment)")
        }
    }

    @Test func `an undamaged history with every kind of row verifies`() throws {
        let place = Fingerprint.Location(facet: .of("antenna-postgres"), path: "[a/\"b\\ü].Value", part: "value")
        let gone = Fingerprint(location: place, value: nil)
        let question = Tidemark.Question(service: "ec2", operation: "DescribeInstances", parameters: [:])
        let gap = Gap(
            question: question, outcome: .denied, reason: .emptyAnswer, facets: [.of("db1")], kinds: [])
        let odd = FacetID.of("a \"quoted\" \\ nämé\u{1F30A}\n")
        try scratch.append(
            .of([odd: 1], fingerprints: [Fingerprint(location: place, value: .init(key: "k", code: "é"))], keyID: "k"))
        try scratch.append(.of([odd: .none], fingerprints: [gone], keyID: "k", gaps: [gap]), release: "\"v11\" ü")
        try scratch.append(.of(), to: "antenna-staging", release: "v9")

        #expect(
            try scratch.history.deployments(of: "v9").deployments.count == 2)
        #expect(try scratch.snapshot("release:\"v11\" ü").seq == Seq(rawValue: 5))
        #expect(try scratch.append(.of()) != nil)
        for question in Question.allCases where question != .environment { _ = try answer(question) }
    }
}
