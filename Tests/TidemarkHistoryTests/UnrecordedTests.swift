import StrictJSON
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

/// The rule that a release books what runs.
struct UnrecordedTests {
    private let scratch: Scratch
    private let environment: EnvironmentName

    /// @1 v9 as a release, @2 v10 by nobody.
    init() throws {
        (scratch, environment) = (try Scratch(), try Scratch.production)
        try scratch.append(.running("v9", "aa", tags: [:], version: "v9"), release: "v9", at: 0)
        try scratch.append(.running("v10", "bb", tags: [:], version: "v10"), at: 60_000)
    }

    /// The sentences of the rule's findings at a moment.
    private func sentences(at moment: String = "latest") throws -> [String] {
        let drift = try scratch.history.drift(
            of: environment, at: Moment(moment), from: .builtInRules(of: environment), now: Stack.start,
            maximumAge: nil)
        return drift.results.filter { $0.rule.title == "release.unrecorded" }.flatMap(\.findings)
            .compactMap(\.sentence)
    }

    @Test func `a deployment that nobody recorded is a finding while it is in place`() throws {
        #expect(
            try sentences() == [
                "was deployed between 2026-11-23 20:40:43Z and 2026-11-23 20:41:43Z and not recorded by anyone: v9 → v10; "
                    + "antenna-backend:v9 → antenna-backend:v10"
            ])
        #expect(try sentences(at: "@1").isEmpty)
        try scratch.append(.running("v11", "cc", tags: [:], version: "v11"), release: "v11", at: 120_000)
        #expect(try sentences().isEmpty)
        #expect(try sentences(at: "@2").count == 1)
    }

    @Test func `a release that is recorded later books it`() throws {
        try scratch.append(.running("v10", "bb", tags: [:], version: "v10"), release: "v10", at: 120_000)
        #expect(try sentences().isEmpty && sentences(at: "@2").isEmpty)
    }

    @Test func `a note books it`() async throws {
        try await scratch.note(on: 2, nil, .release(Release(label: "v10")))
        #expect(try sentences(at: "@2").isEmpty)
    }

    @Test func `the first state is not a deployment that nobody recorded`() throws {
        let other = try Scratch()
        try other.append(.running("v9", "aa", tags: [:], version: "v9"), at: 0)
        let deployments = try other.history.deployments(in: environment)
        #expect(deployments.map(\.isUnrecorded) == [false])
    }
}
