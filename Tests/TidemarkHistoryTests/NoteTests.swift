import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

/// Notes about @1 release v9, @2 release v51, @3 a change that nobody booked, @4 release v11.
struct NoteTests {
    private let scratch: Scratch
    private let environment: EnvironmentName

    init() throws {
        (scratch, environment) = (try Scratch(), try Scratch.production)
        for (tag, digest, release) in [
            ("v9", "aa", "v9"), ("v51", "bb", "v51"), ("v10", "cc", nil), ("v11", "dd", "v11"),
        ] {
            try scratch.append(.running(tag, digest, tags: [tag: digest]), release: release)
        }
    }

    private func labels() throws -> [String] {
        try scratch.history.releases(of: environment).map { "\($0.label) \($0.seq)" }
    }

    private func newest(upTo seq: Int64) throws -> String? {
        try scratch.history.newestRelease(of: environment, upTo: Seq(rawValue: seq))?.label
    }

    @Test func `both labels lead to a corrected release, and the newest label wins`() async throws {
        try await scratch.note(on: 2, "typo", .label("v50"))
        try await scratch.note(on: 2, nil, .label("v15"))
        try await scratch.note(on: 2, "the customer asked")
        #expect(try labels() == ["v9 @1", "v15 @2", "v11 @4"])
        for label in ["v51", "v15"] {
            #expect(try scratch.snapshot(label).seq == Seq(rawValue: 2))
            let found = try scratch.history.deployments(of: label, in: environment).deployments
            #expect(found.flatMap(\.bookings).map(\.recorded).contains { $0.seq.rawValue == 2 && $0.label == "v15" })
        }
        #expect(failure { try scratch.snapshot("v50") }.hasPrefix("notFound: no release 'v50'"))
        let release = try #require(try scratch.history.releases(of: environment).first { $0.seq == Seq(rawValue: 2) })
        #expect(release.release.label == "v51" && release.correction?.seq == Seq(rawValue: 6))
        #expect(try newest(upTo: 3) == "v15" && newest(upTo: 4) == "v11" && newest(upTo: 1) == "v9")
        try scratch.history.verify()
    }

    @Test func `a release that has a label now comes before one that was booked with it`() async throws {
        try await scratch.note(on: 2, nil, .label("v15"))
        try scratch.append(.running("v51", "ee", tags: ["v51": "ee"]), release: "v51")
        #expect(try scratch.snapshot("release:v51").seq == Seq(rawValue: 6))
        #expect(try scratch.snapshot("release:v15").seq == Seq(rawValue: 2))
    }

    @Test func `a release that is booked late is in its place, and its label can be corrected`() async throws {
        try await scratch.note(on: 3, nil, .release(Release(label: "v16", by: "release-bot", commit: "9d07b3a")))
        #expect(try labels() == ["v9 @1", "v51 @2", "v16 @3", "v11 @4"] && newest(upTo: 3) == "v16")
        #expect(try scratch.snapshot("v16").recordedRelease?.lateBooking?.seq == Seq(rawValue: 5))
        try await scratch.note(on: 3, nil, .label("v10"))
        #expect(try labels() == ["v9 @1", "v51 @2", "v10 @3", "v11 @4"])
        #expect(try scratch.snapshot("v16").seq == scratch.snapshot("v10").seq)
        let found = try scratch.history.deployments(of: "v10", in: environment).deployments
        #expect(found.flatMap(\.bookings).map(\.recorded.seq.rawValue).contains(3))
    }

    @Test func `a note that contradicts its entry is refused in one line`() async throws {
        try await scratch.note(on: 3, nil, .release(Release(label: "v10")))
        let refused: [(Int64, String?, Note.Correction?, String)] = [
            (9, "x", nil, "notFound: no note can be on @9 of 'antenna-production': the newest entry is @5: "),
            (0, nil, .label("v1"), "invalid: the label of @0 cannot be corrected: no release is booked there: "),
            (2, nil, .label("v51"), "invalid: the release of @2 is 'v51' already"),
            (
                3, nil, .release(try Release(label: "v9")),
                "invalid: no release can be booked for @3: it has release 'v10': "
            ),
            (0, nil, .release(try Release(label: "v9")), "invalid: no release can be booked for @0: it is a binding, "),
            (1, nil, nil, "invalid: the note on @1 says nothing: "),
            (1, " ", nil, "invalid: the note on @1 cannot be recorded: "),
            (1, nil, .label("@7"), "invalid: '@7' cannot name a release: "),
        ]
        let history = try scratch.history
        for (seq, text, correction, line) in refused {
            let shown = failure { try history.note(on: Seq(rawValue: seq), of: environment, text, correction) }
            #expect(shown.hasPrefix(line), "\(shown)")
        }
    }

    @Test func `a checkpoint keeps every note`() async throws {
        try await scratch.note(on: 2, "typo", .label("v15"))
        try await scratch.note(on: 3, "restored from snapshot")
        try await scratch.note(on: 4, nil, .label("v12"))
        let notes = try scratch.history.notes(of: environment)
        #expect(notes.map(\.seq.rawValue) == [5, 6, 7])
        try scratch.appendCheckpoint()
        for other in [try scratch.rewritten(from: 8), try scratch.rewritten(erasing: [1, 2, 3, 4, 5, 6, 7])] {
            #expect(try other.history.notes(of: environment) == notes)
            #expect(try other.history.releases(of: environment).map(\.label) == ["v12"])
            let found = try other.history.deployments(of: "v12", in: environment).deployments
            #expect(found.flatMap(\.bookings).map(\.recorded.seq) == [Seq(rawValue: 4)])
            try other.history.verify()
        }
        let erased = try scratch.rewritten(erasing: [1])
        let line = failure { try erased.history.note(on: Seq(rawValue: 1), of: environment, "x", nil) }
        #expect(line.hasPrefix("notFound: no note can be on @1 of 'antenna-production': it was erased: "))
    }

    @Test func `a note that the index lacks is found, and a rebuilt index has it`() async throws {
        try await scratch.note(on: 2, "typo", .label("v15"))
        let index = try scratch.dump().filter { $0.hasPrefix("index_") }
        try History.open(appendingAt: scratch.path, images: KindRegistry.all.images).rebuildIndex()
        #expect(try scratch.dump().filter { $0.hasPrefix("index_") } == index)
        try scratch.tamper("DELETE FROM index_note")
        #expect(
            failure { try scratch.history.deployments(of: "v15") }.contains("'index_note' is not what the log says"))
        #expect(try scratch.history.releases(of: environment).map(\.label).contains("v15"))
    }
}

extension Scratch {
    func note(on seq: Int64, _ text: String?, _ correction: Note.Correction? = nil) async throws {
        _ = try await History.note(
            at: path, images: KindRegistry.all.images, on: Seq(rawValue: seq), of: Scratch.production, text, correction,
            caller: nil, time: { (Stack.start, .machine) })
    }
}
