import StrictJSON
import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// Image tags, read from observations that the tests make up.
struct TagTests {
    private let scratch: Scratch

    /// @1 v9 deployed; @2 v10 deployed; @3 v10 pushed again; @4 v9 found running, nobody recorded it.
    init() throws {
        scratch = try Scratch()
        try scratch.append(.running("v9", "aa", tags: ["v9": "aa", "v10": "bb"]), release: "v9", at: 0)
        try scratch.append(.running("v10", "bb", tags: ["v9": "aa", "v10": "bb"]), release: "v10", at: 60_000)
        try scratch.append(.running("v10", "bb", tags: ["v9": "aa", "v10": "cc"]), at: 120_000)
        try scratch.append(.running("v9", "aa", tags: ["v9": "aa", "v10": "cc"]), at: 180_000)
    }

    private func tags(_ name: String? = nil) throws -> [String] {
        try scratch.history.tags(name).flatMap { tag in
            tag.targets.map { version in
                let runs = version.runs.map { " ran @\($0.since.seq.rawValue)-\($0.until?.seq.rawValue ?? 0)" }
                return "\(tag.tag) \(version.digest?.dropFirst(7).prefix(2) ?? "") \(version.since.seq)"
                    + "-\(version.until?.seq.rawValue ?? 0)\(runs.joined())"
            }
        }
    }

    @Test func `a tag has its digests, from when to when, and where they ran`() throws {
        #expect(
            try tags() == ["v10 bb @1-3 ran @2-4", "v10 cc @3-0", "v9 aa @1-0 ran @1-2 ran @4-0"])
        #expect(try tags("antenna-backend:v9") == ["v9 aa @1-0 ran @1-2 ran @4-0"])
    }

    @Test func `a repository without tags is not found, and the error lists those with tags`() {
        let failure = #expect(throws: Failure.self) { try tags("backend") }
        #expect(failure?.code == .notFound)
        #expect(failure?.why == "the repositories with tags are \(DeploymentTests.repository)")
    }

    @Test func `a tag shows where its image ran in other environments`() throws {
        try scratch.append(.running("v10", "bb", tags: [:]), to: "antenna-staging", at: 240_000)
        let version = try #require(
            try scratch.history.tags("antenna-backend:v10")
                .first?.targets.first)
        #expect(version.runs.map(\.environment.rawValue) == ["antenna-production", "antenna-staging"])
    }

    @Test func `where no container was seen, it is unknown what ran`() throws {
        try scratch.append(.of([FacetID(ResourceID(.ec2VPC, "vpc-1"), "description"): [:]]), to: "compose", at: 240_000)
        let failure = #expect(throws: Failure.self) { try scratch.history.tags(in: EnvironmentName("compose")) }
        #expect(
            failure?.why
                == "whether there is one is unknown: no container was seen, and only those of Amazon ECS are observed")
        #expect(try scratch.history.tags().allSatisfy { $0.unseenRuns == nil })
    }

    @Test func `the index of images can be rebuilt`() throws {
        let before = try tags()
        try History.open(appendingAt: scratch.path, images: KindRegistry.all.images).rebuildIndex()
        #expect(try tags() == before)
    }
}
