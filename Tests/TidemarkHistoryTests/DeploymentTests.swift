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

    /// The deployments of a name, oldest first.
    private func deployments(of name: String, in environment: String? = nil) throws -> [Deployment] {
        try scratch.history.deployments(
            of: name, in: environment.map { name throws(Failure) in try EnvironmentName(name) }
        ).deployments.reversed()
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
            ("antenna-backend@sha256:bb000000", [2]), ("bb000000", [2]), ("other@sha256:bb000000", []),
            ("0a1b2c3d", [5]), ("0A1B2C3", [5]), ("0a1b2c4", []),
        ] as [(String, [Int64])])
    func `a digest without its prefix, one of a repository, and a commit name their deployments`(
        name: String, seqs: [Int64]
    ) throws {
        try scratch.append(
            .running("v11", "dd", tags: [:]), release: "v11", commit: "0a1b2c3d4e5f", at: 240_000)
        let found = (try? deployments(of: name)) ?? []
        #expect(found.map(\.seq.rawValue) == seqs)
    }

    @Test(arguments: ["sha256:", "sha256:aa", "sha256:zz000000", "sha256:" + String(repeating: "a", count: 65)])
    func `a digest that is too short, or is not one, is refused`(digest: String) {
        let failure = #expect(throws: Failure.self) { try deployments(of: digest) }
        #expect(failure?.code == .invalid)
    }

    @Test func `a deployment without a release is unrecorded, and took place between two snapshots`() throws {
        let found = try #require(try deployments(of: "v9").last)
        #expect(found.isUnrecorded)
        #expect(found.images.map { $0.change.before.map(\.tag) } == [["v10"]])
        #expect(found.after?.at.readable == "2026-11-23 20:42:43Z")
    }

    @Test func `a deployment has the images before and after it, with their containers`() throws {
        let image = try #require(try deployments(of: "v10").first?.images.first?.change)
        #expect(image.before == [.image("v9", "aa")])
        #expect(image.image == .image("v10", "bb") && image.containers == ["celery", "django"])
    }

    @Test func `the first state is not a deployment`() throws {
        let first = try #require(try deployments(of: "v9").first)
        #expect(
            first.kind == .firstState && first.change.before == nil && first.booking?.recorded.release.label == "v9")
    }

    @Test func `each image shows until when it ran, or that it still runs`() throws {
        guard case .ended(let end)? = try deployments(of: "v10").first?.images.first?.state else {
            Issue.record("v10 has no end")
            return
        }
        #expect(end.seq.rawValue == 4)
        #expect(try deployments(of: "v9").map { $0.images[0].state.isRunning } == [false, true])
    }

    @Test func `what followed is another deployment, or the one before again within a day`() throws {
        guard case .replaced(let next)? = try deployments(of: "v9").first?.outcome,
            case .rolledBack(let back)? = try deployments(of: "v10").first?.outcome
        else {
            Issue.record("the outcomes are missing")
            return
        }
        #expect([next, back].map(\.seq.rawValue) == [2, 4])
        #expect(try deployments(of: "v9").last?.outcome == .current)
    }

    @Test func `a tag that points at another digest is undetermined where no manifest is known`() throws {
        guard case .undetermined(let digest, let entry)? = try deployments(of: "v10").first?.images.first?.tag else {
            Issue.record("the other digest is not seen")
            return
        }
        #expect(digest == .digest("cc"))
        #expect(entry.seq.rawValue == 3)
        #expect(try deployments(of: "v9").first?.images.first?.tag == .same)
    }

    @Test func `a tag that was deleted is gone`() throws {
        try scratch.append(.running("v9", "aa", tags: ["v10": "cc"], gone: ["v9"]), at: 240_000)
        guard case .gone(let entry)? = try deployments(of: "v9").first?.images.first?.tag else {
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
        let image = try #require(try deployments(of: "v9").last?.images.first)
        guard case .unseen = image.state, case .unseen(_, let lastSeen) = image.tag else {
            Issue.record("\(image.state)")
            return
        }
        #expect(lastSeen == .digest("aa"))
    }

    @Test func `a release that changes nothing books the deployment before, and is not a new one`() throws {
        try scratch.append(.running("v9", "aa", tags: [:]), release: "hotfix", at: 240_000)
        try scratch.append(.running("v9", "aa", tags: [:]), release: "again", at: 300_000)
        #expect(try deployments(of: "v9").map(\.seq.rawValue) == [1, 4])
        let booked = try #require(try deployments(of: "hotfix").first)
        #expect(booked.seq.rawValue == 4 && booked.bookings.map(\.recorded.release.label) == ["hotfix", "again"])
        #expect(try !booked.isUnrecorded && deployments(of: "again").map(\.seq.rawValue) == [4])
    }

    @Test func `releases during which an image ran as it was are a count`() throws {
        for number in 0..<3 as Range<Int64> {
            let other = EnvironmentObservation.running("v9", "aa", tags: [:], version: "build-\(number)")
            try scratch.append(other, release: "r\(number)", at: 240_000 + number * 60_000)
        }
        let answer = try scratch.history.deployments(of: "antenna-backend:v9")
        #expect(answer.deployments.map(\.seq.rawValue) == [4, 1] && answer.unchangedReleases == 3)
        #expect(try deployments(of: "r1").map(\.seq.rawValue) == [6])
    }

    @Test func `a release whose containers were not seen books what ran when last seen`() throws {
        let denied = Gap(
            question: Question(service: "ecs", operation: "DescribeTasks", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ecsContainer, prefix: "")], kinds: [])
        try scratch.append(.of([:], gaps: [denied]), release: "v10", at: 240_000)
        #expect(try deployments(of: "v9").map(\.seq.rawValue) == [1, 4])
        // What was deployed while nothing was seen took place after the last snapshot that saw the containers.
        try scratch.append(.running("v11", "ee", tags: [:]), at: 300_000)
        let next = try #require(try deployments(of: "v11").last)
        #expect(next.seq.rawValue == 6 && next.after?.seq.rawValue == 4)
    }

    @Test func `an unsettled snapshot shows what is under way, and begins and ends nothing`() throws {
        let unsettled = [UnsettledReason.environmentStatus("Updating")]
        try scratch.append(
            .running("v11", "ee", tags: [:], unsettled: unsettled), release: "v11", at: 240_000)
        #expect(try deployments(of: "v11").map(\.kind) == [.underWay])
        #expect(try deployments(of: "v9").last?.outcome == .current)
        try scratch.append(.running("v11", "ee", tags: [:]), at: 300_000)
        let settled = try #require(try deployments(of: "v11").last)
        #expect(settled.kind == .change && settled.seq.rawValue == 6 && settled.after?.seq.rawValue == 4)
        #expect(settled.booking?.recorded.seq.rawValue == 5)
    }

    @Test func `two images in a container are both a part of the deployment`() throws {
        try scratch.append(.running(["v9": "aa", "v10": "bb"], tags: [:]), at: 240_000)
        let found = try #require(try deployments(of: "v10").last)
        #expect(found.seq.rawValue == 5 && found.change.running.images.count == 4)
    }

    @Test func `a container without a task is not a deployment`() throws {
        try scratch.append(.of([FacetID(ResourceID(.ecsContainer, "celery"), "description"): nil]), at: 240_000)
        try scratch.append(.running("v9", "aa", tags: [:]), at: 300_000)
        #expect(try deployments(of: "v9").map(\.seq.rawValue) == [1, 4])
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
}
