import StrictJSON
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// The changes of an environment: a release every twentieth snapshot, which restarts the tasks and turns the health yellow for
/// one snapshot; a rotated secret every fortieth; sometimes a small change, mostly none. One question is denied for ever.
///
/// With copies of its resources it has no release: 1 % of all resources change at each snapshot.
///
/// They are not random: the same stack has the same story.
struct Story {
    /// What the story has more of than the stack.
    enum Size {
        /// The largest number of tags of the repository.
        case tags(Int)
        /// The number of resources, without tags.
        case resources(Int)
    }

    /// The number of snapshots from release to release.
    private static let pace = 20
    /// The snapshot with changes that are never undone.
    private static let early = 5
    /// The number of the release in the template.
    private static let first = 9

    private let template: Snapshot
    private let binding: EnvironmentBinding
    /// The repository of the application's images.
    private let repository: String
    private let tagLimit: Int
    private let copies: Copies?
    private let coverage: Coverage
    private var facets: [FacetID: JSON?]
    /// The repository's tags, the oldest first.
    private var tags: [String] = []
    private var running = "v\(first)"
    private var number = 0
    private var pushes = 0

    /// - Parameter template: A history whose newest snapshot shows the stack with its first release.
    init(template path: String, _ size: Size) throws {
        let history = try History.open(readingAt: path, images: KindRegistry.all.images)
        template = try history.snapshot(of: environment, at: .latest(back: 0))
        guard let binding = try history.head(of: environment)?.binding,
            let tag = template.resources.first(where: { $0.identity.hasSuffix(":v\(Self.first)") })
        else { throw BenchmarkError(reason: "'\(path)' shows no release v\(Self.first)") }
        self.binding = binding
        repository = ImageName(tag.identity).repository
        facets = template.facets.mapValues { $0.content }
        switch size {
        case .tags(let limit): (tagLimit, copies) = (limit, nil)
        case .resources(let count):
            let copies = Copies(count, of: facets)
            facets.merge(copies.facets) { $1 }
            (tagLimit, self.copies) = (0, copies)
        }
        coverage = Coverage(of: facets.keys, gaps: [Self.denied(to: repository)])
        for number in 0..<tagLimit { push("build-\(number)") }
    }

    /// The next snapshot, with its release.
    mutating func next() throws -> (EnvironmentObservation, Release?) {
        number += 1
        facets = facets.filter { $0.value != nil }
        if let copies {
            copies.change(at: number, in: &facets)
            return (observation, nil)
        }
        var release: Release?
        if number.isMultiple(of: Self.pace) {
            release = try deploy(number / Self.pace)
        } else if number.isMultiple(of: 7) {
            facets.resize(to: Int64(20 + number % 80))
        } else if number.isMultiple(of: 51) {
            push(running)
        } else if number == Self.early {
            facets.set("MultiAZ", of: .rdsDBInstance, to: true)
            facets.set("Threshold", of: .cloudWatchAlarm, to: 95)
        }
        return (observation, release)
    }

    /// A new tag; every fourth time it is `stable`, which moves.
    private mutating func deploy(_ count: Int) throws -> Release {
        let tag = count.isMultiple(of: 4) ? "stable" : "v\(Self.first + count)"
        push(tag)
        for (facet, content) in facets where !facet.isTag {
            guard let text = content?.canonical else { continue }
            let deployed = text.replacing("\(repository):\(running)\"", with: "\(repository):\(tag)\"")
                .replacing("\"VersionLabel\":\"\(running)\"", with: "\"VersionLabel\":\"\(tag)\"")
            if deployed != text { facets[facet] = try JSON(parsing: deployed).running(digest, of: repository) }
        }
        running = tag
        return try Release(
            label: tag, by: "release-bot", commit: String(digest.suffix(40)), url: "https://ci.example/runs/\(count)")
    }

    /// Points a tag at a new image, and removes the oldest tag if there are too many.
    private mutating func push(_ tag: String) {
        pushes += 1
        if !tags.contains(tag) { tags.append(tag) }
        facets[facet(of: tag)] = ["imageDigest": .string(digest), "imageTag": .string(tag)]
        if tags.count > tagLimit { facets.updateValue(nil, forKey: facet(of: tags.removeFirst())) }
    }

    private func facet(of tag: String) -> FacetID {
        FacetID(ResourceID(.ecrTag, "\(repository):\(tag)"), Snapshot.description)
    }

    /// The digest of the newest push.
    private var digest: String { "sha256:\(ContentHash(of: "push \(pushes)".utf8))" }

    private var observation: EnvironmentObservation {
        // A snapshot every 50 minutes from 2025-01-01 on.
        let time = Timestamp(millisecondsSince1970: 1_735_689_600_000 + Int64(number) * 3_000_000)
        var observation = EnvironmentObservation(template, binding: binding, coverage: coverage, at: time)
        observation.facets = facets
        observation.readings = readings
        observation.fingerprints = fingerprints
        observation.keyID = Self.key
        return observation
    }

    // MARK: Beside the facets

    private static let key = String(repeating: "5e", count: 32)
    private static let secretCount = 8

    /// The number of the newest release.
    private var releases: Int { number / Self.pace }

    private var readings: [Reading] {
        let health = number.isMultiple(of: Self.pace) ? "Yellow" : "Green"
        let tasks = (0..<4).map { JSON.string("arn:aws:ecs:us-west-2:123456789012:task/antenna/\(releases)-\($0)") }
        let environment = ResourceID(KindRegistry.all.anchor.kind, binding.ebEnvironment)
        return template.body.readings + [
            Reading(resource: environment, name: "bench.health", value: .string(health)),
            Reading(resource: environment, name: "bench.tasks", value: .array(tasks)),
        ]
    }

    /// The secrets are rotated in turn, one every second release.
    private var fingerprints: [Fingerprint] {
        let environment = ResourceID(KindRegistry.all.anchor.kind, binding.ebEnvironment)
        return (0..<Self.secretCount).map { secret in
            let rotations = (releases / 2 + Self.secretCount - 1 - secret) / Self.secretCount
            let location = Fingerprint.Location(
                facet: FacetID(environment, Snapshot.description), path: "bench.secret\(secret)", part: "value")
            let code = ContentHash(of: "secret \(secret) \(rotations)".utf8).hexadecimal
            return Fingerprint(location: location, value: Fingerprint.Value(key: Self.key, code: code))
        }
    }

    /// AWS's policy SecurityAudit does not allow it.
    private static func denied(to repository: String) -> Gap {
        let question = Question(
            service: "ecr", operation: "BatchGetImage", parameters: ["repositoryName": .string(repository)])
        return Gap(
            question: question, outcome: .denied,
            reason: .call(.aws(code: "AccessDeniedException", message: "not authorized")), facets: [],
            kinds: [.ecrImage])
    }
}

extension JSON {
    /// The value with another digest for each container that runs an image of a repository.
    fileprivate func running(_ digest: String, of repository: String) -> JSON {
        switch self {
        case .array(let elements): return .array(elements.map { $0.running(digest, of: repository) })
        case .object(let object):
            let isOurs = self["image"]?.string?.hasPrefix("\(repository):") == true
            return .object(
                JSONObject(
                    object.members.map { key, value in
                        (key, isOurs && key == "imageDigest" ? .string(digest) : value.running(digest, of: repository))
                    }))
        default: return self
        }
    }
}
