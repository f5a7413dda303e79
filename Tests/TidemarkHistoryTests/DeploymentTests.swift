import StrictJSON
import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// Deployments and tags, read from observations that the tests make up.
struct DeploymentTests {
    private let scratch: Scratch

    static let repository = "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend"

    /// @1 v9 deployed; @2 v10 deployed; @3 v10 pushed again; @4 v9 found running, nobody recorded it.
    init() throws {
        scratch = try Scratch()
        try scratch.append(.running("v9", "aa", tags: ["v9": "aa", "v10": "bb"]), release: "v9", at: 0)
        try scratch.append(.running("v10", "bb", tags: ["v9": "aa", "v10": "bb"]), release: "v10", at: 60_000)
        try scratch.append(.running("v10", "bb", tags: ["v9": "aa", "v10": "cc"]), at: 120_000)
        try scratch.append(.running("v9", "aa", tags: ["v9": "aa", "v10": "cc"]), at: 180_000)
    }

    private func deployments(of name: String, in environment: String? = nil) throws -> [Deployment] {
        try scratch.history.deployments(
            of: name, in: environment.map { name throws(Failure) in try EnvironmentName(name) })
    }

    // MARK: Who

    @Test(
        arguments: [
            ("v9", [1, 4]), ("v10", [2]), ("antenna-backend:v10", [2]), ("\(repository):v10", [2]),
            ("sha256:bb000000", [2]), ("sha256:aa000000", [1, 4]),
        ] as [(String, [Int64])])
    func `a tag, an image and a digest name their deployments`(name: String, seqs: [Int64]) throws {
        #expect(try deployments(of: name).map(\.seq.rawValue) == seqs)
    }

    @Test(arguments: ["sha256:cc000000", "other:v10", "v1", "SHA256:aa000000"])
    func `an image that never ran is not found`(name: String) {
        let failure = #expect(throws: Failure.self) { try deployments(of: name) }
        #expect(failure?.code == .notFound)
    }

    @Test(
        arguments: [
            ("antenna-backend@sha256:cc000000", "name the digest alone: sha256:cc000000"),
            ("bb000000", "for the digest, name sha256:bb000000"),
            ("0a1b2c3d", "it is the commit of release 'v11': name that"), ("0a1b2c4", "name one that was recorded"),
        ])
    func `a digest or a commit in another form has a hint`(name: String, hint: Remedy) throws {
        try scratch.append(
            .running("v11", "dd", tags: [:]), release: "v11", commit: "0a1b2c3d4e5f", at: 240_000)
        let failure = #expect(throws: Failure.self) { try deployments(of: name) }
        #expect(failure?.remedy == hint)
    }

    @Test(arguments: ["sha256:", "sha256:aa", "sha256:zz000000", "sha256:" + String(repeating: "a", count: 65)])
    func `a digest that is too short, or is not one, is refused`(digest: String) {
        let failure = #expect(throws: Failure.self) { try deployments(of: digest) }
        #expect(failure?.code == .invalid)
    }

    @Test func `a deployment without a release has no name of a person`() throws {
        let found = try #require(try deployments(of: "v9").last)
        #expect(found.release == nil)
        #expect(found.images.map { $0.before.map(\.tag) } == [["v10"]])
        #expect(found.snapshotBefore?.readable == "2026-11-23 20:42:43Z")
    }

    @Test func `a deployment has the images before and after it`() throws {
        let change = try #require(try deployments(of: "v10").first?.images.first)
        #expect(change.before == [.image("v9", "aa")])
        #expect(change.after == [.image("v10", "bb")])
    }

    @Test func `a deployment shows until when its images ran, or that they still run`() throws {
        guard case .ended(let end)? = try deployments(of: "v10").first?.runningState else {
            Issue.record("v10 has no end")
            return
        }
        #expect(end.seq.rawValue == 4)
        #expect(try deployments(of: "v9").map(\.runningState.isRunning) == [false, true])
    }

    @Test func `a tag that was pushed again has moved since then`() throws {
        guard case .moved(let digest, let entry)? = try deployments(of: "v10").first?.images.first?.tags.first else {
            Issue.record("the move is not seen")
            return
        }
        #expect(digest == .digest("cc"))
        #expect(entry.seq.rawValue == 3)
        #expect(try deployments(of: "v9").first?.images.first?.tags == [.same])
    }

    @Test func `a tag that was deleted is gone`() throws {
        try scratch.append(.running("v9", "aa", tags: ["v10": "cc"], gone: ["v9"]), at: 240_000)
        guard case .gone(let entry)? = try deployments(of: "v9").first?.images.first?.tags.first else {
            Issue.record("it is not seen to be gone")
            return
        }
        #expect(entry.seq.rawValue == 5)
    }

    @Test func `an unseen image is neither running nor gone nor the same`() throws {
        let denied = Gap(
            question: Question(service: "ecs", operation: "DescribeTasks", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [],
            members: [MemberScope(.ecsContainer, prefix: ""), MemberScope(.ecrTag, prefix: "\(Self.repository):")],
            kinds: [.ecsContainer, .ecrTag])
        try scratch.append(.of([:], gaps: [denied]), at: 240_000)
        let newest = try #require(try deployments(of: "v9").last)
        guard case .unseen = newest.runningState, case .unseen(_, let lastSeen)? = newest.images.first?.tags.first
        else {
            Issue.record("\(newest.runningState)")
            return
        }
        #expect(lastSeen == .digest("aa"))
    }

    @Test func `a release of another label during which the image runs is a deployment of it`() throws {
        try scratch.append(.running("v9", "aa", tags: [:]), release: "hotfix", at: 240_000)
        #expect(try deployments(of: "v9").map(\.release?.label) == ["v9", nil, "hotfix"])
        #expect(try deployments(of: "hotfix").map(\.seq.rawValue) == [5])
    }

    @Test func `a release whose containers were not seen is not a deployment of the image before`() throws {
        let denied = Gap(
            question: Question(service: "ecs", operation: "DescribeTasks", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ecsContainer, prefix: "")], kinds: [])
        try scratch.append(.of([:], gaps: [denied]), release: "v10", at: 240_000)
        #expect(try deployments(of: "v9").map(\.seq.rawValue) == [1, 4])
        let unseen = try #require(try deployments(of: "v10").last)
        #expect(unseen.seq.rawValue == 5)
        #expect(unseen.unseen != nil)
    }

    @Test func `a deployment has its environment`() throws {
        try scratch.append(.running("v10", "bb", tags: [:]), to: "antenna-staging", at: 240_000)
        #expect(try deployments(of: "v10").map(\.environment.rawValue) == ["antenna-production", "antenna-staging"])
        #expect(try deployments(of: "v10", in: "antenna-staging").count == 1)
    }

    @Test func `the error for a tag that never ran says that the registry had it`() throws {
        try scratch.append(.running("v9", "aa", tags: ["v11": "dd"]), at: 240_000)
        let failure = #expect(throws: Failure.self) { try deployments(of: "v11") }
        #expect(failure?.why == "the registry had antenna-backend:v11, and no container was seen running it")
    }

    // MARK: Tags

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
        #expect(failure?.why == "the repositories with tags are \(Self.repository)")
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

extension EnvironmentObservation {
    /// A stack whose two containers run one image, and the digests that the repository's tags point at.
    static func running(
        _ tag: String, _ digest: String, tags: [String: String], gone: [String] = []
    ) -> EnvironmentObservation {
        var facets: [FacetID: JSON?] = [:]
        for name in ["django", "celery"] {
            let container: JSON = [
                "name": .string(name), "image": .string("\(DeploymentTests.repository):\(tag)"),
                "imageDigest": .string(.digest(digest)),
            ]
            facets[FacetID(ResourceID(.ecsContainer, name), "description")] = ["tasks": [["containers": [container]]]]
        }
        for (tag, digest) in tags {
            facets[.tag(tag)] = ["imageTag": .string(tag), "imageDigest": .string(.digest(digest))]
        }
        for tag in gone { facets.updateValue(nil, forKey: .tag(tag)) }
        return .of(facets)
    }
}

extension FacetID {
    fileprivate static func tag(_ tag: String) -> FacetID {
        FacetID(ResourceID(.ecrTag, "\(DeploymentTests.repository):\(tag)"), "description")
    }
}

extension ImageReference {
    static func image(_ tag: String, _ digest: String) -> ImageReference {
        ImageReference(repository: DeploymentTests.repository, tag: tag, digest: .digest(digest))
    }
}

extension String {
    /// A digest that begins so.
    fileprivate static func digest(_ prefix: String) -> String {
        "sha256:" + prefix.padding(toLength: 64)
    }

    private func padding(toLength length: Int) -> String { self + String(repeating: "0", count: length - count) }
}

extension Deployment.RunningState {
    fileprivate var isRunning: Bool { if case .runs = self { true } else { false } }
}
