import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkAWS
@testable import TidemarkBaseline
@testable import TidemarkKinds
@testable import TidemarkReports

/// Properties of any state and the baseline that `init` writes from it.
struct DraftPropertyTests {
    private static let seeds = Array(UInt64(1)...12)

    private func snapshot(_ facets: [FacetID: JSON]) throws -> SnapshotView {
        let stored = facets.mapValues { StoredFacet(content: $0, hash: ContentHash(of: $0), since: .first) }
        let time = Timestamp(millisecondsSince1970: 1_795_466_443_123)
        let observation = EnvironmentObservation(
            started: time, finished: time,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "a", ebEnvironmentID: "e"
            ),
            caller: "arn:aws:iam::123456789012:user/release-bot", facets: [:],
            coverage: Coverage(questions: [], gaps: []), decoders: KindRegistry.all.decoders())
        return SnapshotView(
            Snapshot(
                environment: try EnvironmentName("antenna-production"), seq: .first, at: time,
                actor: observation.caller,
                facets: stored,
                body: SnapshotRecord(
                    observation, root: Root.hash(of: stored.mapValues(\.hash)))), kinds: .all)
    }

    private func baseline(of facets: [FacetID: JSON]) throws -> Baseline {
        let draft = try BaselineDraft(of: snapshot(facets), attributes: WireAttributes()).yaml()
        return try Baseline(yaml: draft, file: "baseline.yml", kinds: .all, attributes: WireAttributes())
    }

    private func findings(_ facets: [FacetID: JSON], _ baseline: Baseline) throws -> [Finding] {
        let snapshot = try snapshot(facets)
        return try Drift(of: snapshot, from: baseline, now: snapshot.at, maximumAge: nil).findings
    }

    private func described(_ findings: [Finding]) -> [String] {
        findings.map {
            "\($0.rule.name) \($0.resource?.description ?? "-") \($0.path?.description ?? "-") \($0.status)"
        }
    }

    @Test(arguments: seeds) func `a state is in sync with its draft`(seed: UInt64) throws {
        var generator = StateGenerator(seed: seed)
        let facets = generator.state()
        guard !facets.isEmpty else { return }
        #expect(described(try findings(facets, baseline(of: facets))) == [])
    }

    /// A value changes or is removed, or a list gets another element.
    @Test(arguments: seeds) func `any single change is found`(seed: UInt64) throws {
        var generator = StateGenerator(seed: seed)
        let facets = generator.state()
        let snapshot = try snapshot(facets)
        let baseline = try baseline(of: facets)
        let names = DraftNames(snapshot)
        var changes = 0
        for resource in generator.shuffled(names.resources).prefix(8) {
            let expectation = try #require(baseline.expectations.first { $0.name == names[resource] })
            for requirement in generator.shuffled(expectation.requirements).prefix(5) {
                guard let (facet, value) = place(of: requirement.path, of: resource, in: facets),
                    !value.canonical.lowercased().contains("redacted"), let changed = generator.changed(value)
                else { continue }
                changes += 1
                var altered = facets
                set(requirement.path, of: facet, to: changed, in: &altered)
                let found = try findings(altered, baseline)
                #expect(
                    found.contains {
                        $0.isDrifted && $0.rule.name == expectation.name && $0.path?.starts(requirement.path) == true
                    },
                    "\(resource) \(requirement.path): \(value.canonical) to \(changed.canonical): \(described(found))")
            }
        }
        #expect(changes >= 10)
    }

    @Test(arguments: seeds) func `an attribute that was absent is found`(seed: UInt64) throws {
        var generator = StateGenerator(seed: seed)
        let facets = generator.state()
        let baseline = try baseline(of: facets)
        let names = DraftNames(try snapshot(facets))
        var additions = 0
        for resource in generator.shuffled(names.resources).prefix(12) {
            let description = FacetID(resource, Snapshot.description)
            guard let definition = KindRegistry.all[resource.kind], var members = facets[description]?.object,
                let name = generator.choice(of: absent(from: members, definition))
            else { continue }
            additions += 1
            members[name] = "since"
            let found = try findings(facets.merging([description: .object(members)]) { $1 }, baseline)
            #expect(
                found.contains {
                    $0.isDrifted && $0.rule.name == names[resource] && $0.path?.description == name
                }, "\(resource) \(name): \(described(found))")
        }
        #expect(additions >= 5)
    }

    /// The attributes that a description does not have, except those that a fact shows.
    private func absent(from members: JSONObject, _ definition: KindDefinition) -> [String] {
        let summarized = Set(definition.facts.compactMap(\.summarizedAttribute))
        return definition.questions.flatMap { question in
            question.facets.filter { $0.name == Snapshot.description }.flatMap { facet -> [String] in
                guard
                    case .structure(let names)? = WireAttributes().shape(
                        of: facet, at: AttributePattern(), in: question)
                else { return [] }
                return names.filter { !facet.volatile.contains(AttributePattern([.member($0)])) }
            }
        }.filter { members[$0] == nil && !summarized.contains($0) && !definition.released.covers($0) }
    }

    /// The resource may be of any kind, and the kind may have any number of resources.
    @Test(arguments: seeds.prefix(4)) func `one more resource is found`(seed: UInt64) throws {
        var generator = StateGenerator(seed: seed)
        let facets = generator.state()
        let baseline = try baseline(of: facets)
        for definition in KindRegistry.all.definitions where definition.released != .all {
            let added = ResourceID(definition.kind, "added")
            let found = try findings(
                facets.merging([FacetID(added, Snapshot.description): ["Added": "since"]]) { $1 }, baseline)
            #expect(
                found.contains { $0.isDrifted && $0.rule.kind == definition.kind }, "\(added): \(described(found))")
        }
    }

    @Test(arguments: seeds) func `a resource that is gone is one finding of its expectation`(seed: UInt64) throws {
        var generator = StateGenerator(seed: seed)
        let facets = generator.state()
        let names = DraftNames(try snapshot(facets))
        guard let resource = generator.choice(of: names.resources) else { return }
        var left = facets.filter { $0.key.resource != resource }
        if KindRegistry.all.keepsGone(resource.kind) {
            left[FacetID(resource, Snapshot.reach)] = Snapshot.tombstone(wasSeen: true)
        }
        let found = try findings(left, baseline(of: facets))
        #expect(found.filter { $0.rule.name == names[resource] }.count == 1)
        #expect(found.contains { $0.rule.name == names[resource] && $0.isDrifted })
    }

    @Test(arguments: seeds) func `the order of lists, keys and expectations changes nothing`(seed: UInt64) throws {
        var generator = StateGenerator(seed: seed)
        let facets = generator.state()
        let other = generator.state()
        let expected = try baseline(of: facets)
        let shuffledBaseline = Baseline(
            environment: expected.environment, documents: nil,
            expectations: generator.shuffled(expected.expectations).map { expectation in
                Expectation(
                    name: expectation.name, kind: expectation.kind, conditions: expectation.conditions,
                    requirements: generator.shuffled(expectation.requirements), isExact: expectation.isExact,
                    info: expectation.info)
            }, unexpected: expected.unexpected)
        for state in [facets, other] {
            var shuffled = state
            for (facet, content) in state {
                let rules = KindRegistry.all[facet.resource.kind]?.facet(facet.name)?.lists ?? [:]
                shuffled[facet] = generator.shuffled(content, rules: rules)
            }
            let plain = try findings(state, expected)
            let mixed = try findings(shuffled, shuffledBaseline)
            #expect(Set(plain.map(\.id)) == Set(mixed.map(\.id)))
            #expect(plain.count == mixed.count)
        }
    }

    // MARK: Attributes of a facet

    /// The facet that has an attribute, and the attribute's value; nil for a fact.
    private func place(
        of path: AttributePath, of resource: ResourceID, in facets: [FacetID: JSON]
    ) -> (FacetID, JSON)? {
        guard let name = path.steps.first.flatMap({ if case .member(let name) = $0 { name } else { nil } }) else {
            return nil
        }
        if let whole = facets[FacetID(resource, name)] { return (FacetID(resource, name), whole) }
        let description = FacetID(resource, Snapshot.description)
        return facets[description]?[name].map { (description, $0) }
    }

    private func set(_ path: AttributePath, of facet: FacetID, to value: JSON, in facets: inout [FacetID: JSON]) {
        guard facet.name == Snapshot.description, var members = facets[facet]?.object else {
            facets[facet] = value
            return
        }
        members[path.description] = value
        facets[facet] = .object(members)
    }
}

extension AttributePath {
    fileprivate func starts(_ other: AttributePath) -> Bool { steps.starts(with: other.steps) }
}
