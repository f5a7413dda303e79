import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark

struct DeltaTests {
    private let facet = Stack.database.described

    private func hash(_ value: JSON) -> ContentHash { ContentHash(of: value) }

    private func delta(_ observation: EnvironmentObservation, over head: [FacetID: JSON], _ before: [Fingerprint] = [])
        -> Delta
    {
        Delta(
            observation, over: head.mapValues(hash),
            fingerprints: before.reduce(into: [:]) { $0[$1.location] = $1.value })
    }

    // MARK: Facets

    @Test func `the root is the hash of the sorted rows`() {
        let state = [
            FacetID(ResourceID(Kind(rawValue: "b"), "1"), "description"): hash(1),
            FacetID(ResourceID(Kind(rawValue: "a"), "\u{1F600}"), "description"): hash(2),
            FacetID(ResourceID(Kind(rawValue: "a"), "\u{FB33}"), "reach"): hash(3),
        ]
        let rows: JSON = [
            ["a", "\u{FB33}", "reach", hash(3).json], ["a", "\u{1F600}", "description", hash(2).json],
            ["b", "1", "description", hash(1).json],
        ]
        #expect(Root.hash(of: state) == hash(rows))
    }

    @Test func `the root of no facets is the hash of an empty list`() {
        #expect(Root.hash(of: [:]) == hash([]))
    }

    @Test func `an observation of the same content changes nothing`() {
        let delta = delta(.of([facet: ["a": 1]]), over: [facet: ["a": 1]])
        #expect(delta.changes.isEmpty)
        #expect(Root.hash(of: delta.state) == Root.hash(of: [facet: hash(["a": 1])]))
    }

    @Test func `new content is a change and is stored`() {
        let delta = delta(.of([facet: ["a": 2]]), over: [facet: ["a": 1]])
        #expect(delta.changes == [SnapshotBody.Change(facet: facet, content: hash(["a": 2]))])
        #expect(delta.contents[hash(["a": 2])] == (["a": 2] as JSON).canonicalBytes)
        #expect(delta.contents[hash(["a": 1])] == nil)
        #expect(delta.state == [facet: hash(["a": 2])])
    }

    @Test func `a facet that is gone is null from then on and not part of the root`() {
        let delta = delta(.of([facet: .none]), over: [facet: ["a": 1]])
        #expect(delta.changes == [SnapshotBody.Change(facet: facet, content: nil)])
        #expect(Root.hash(of: delta.state) == Root.hash(of: [:]))
    }

    @Test func `a facet that never existed cannot be gone`() {
        #expect(delta(.of([facet: .none]), over: [:]).changes.isEmpty)
    }

    @Test func `a facet that was not answered keeps its content`() {
        let other = Stack.group.described
        let delta = delta(.of([other: 2]), over: [facet: 1])
        #expect(delta.state == [facet: hash(1), other: hash(2)])
        #expect(delta.changes.map(\.facet) == [other])
    }

    @Test func `changes are in the order of kind, identity and facet`() {
        let facets = ["c", "a", "b"].map { FacetID(ResourceID(Kind(rawValue: "k"), $0), "description") }
        let observation = EnvironmentObservation.of(Dictionary(uniqueKeysWithValues: facets.map { ($0, 1) }))
        #expect(delta(observation, over: [:]).changes.map(\.facet) == facets.sorted())
    }

    @Test func `the set of questions is content too, and the same in any order`() throws {
        let questions = ["A", "B", "C"].map { Question(service: "rds", operation: $0, parameters: [:]) }
        var first = EnvironmentObservation.of([:])
        first.coverage = Coverage(questions: questions, gaps: [])
        var second = first
        second.coverage = Coverage(questions: questions.reversed(), gaps: [])

        #expect(delta(first, over: [:]).contents.keys.first == delta(second, over: [:]).contents.keys.first)
        let content = try #require(delta(first, over: [:]).contents.values.first)
        #expect(try JSON(parsing: content).array?.count == 3)
    }

    // MARK: Fingerprints

    private func fingerprint(_ code: String?, key: String = "k1", part: String = "value") -> Fingerprint {
        let place = Fingerprint.Location(facet: facet, path: "A", part: part)
        return Fingerprint(location: place, value: code.map { Fingerprint.Value(key: key, code: $0) })
    }

    @Test func `an unchanged fingerprint is not written again`() {
        let observation = EnvironmentObservation.of([facet: 1], fingerprints: [fingerprint("c1")], keyID: "k1")
        #expect(delta(observation, over: [facet: 1], [fingerprint("c1")]).fingerprints.isEmpty)
    }

    @Test func `a rotated secret is a changed fingerprint, even if nothing else changed`() {
        let observation = EnvironmentObservation.of([facet: 1], fingerprints: [fingerprint("c2")], keyID: "k1")
        let delta = delta(observation, over: [facet: 1], [fingerprint("c1")])
        #expect(delta.fingerprints == [fingerprint("c2")])
        #expect(delta.changes.isEmpty)
    }

    @Test func `a fingerprint of another key is written with its key`() {
        let observation = EnvironmentObservation.of(
            [facet: 1], fingerprints: [fingerprint("c1", key: "k2")], keyID: "k2")
        #expect(
            delta(observation, over: [facet: 1], [fingerprint("c1")]).fingerprints == [fingerprint("c1", key: "k2")])
    }

    @Test func `a secret that no longer exists is null`() {
        let observation = EnvironmentObservation.of(
            [facet: 1], fingerprints: [fingerprint("c1", part: "path")], keyID: "k1")
        let delta = delta(observation, over: [facet: 1], [fingerprint("c1"), fingerprint("c1", part: "path")])
        #expect(delta.fingerprints == [fingerprint(nil)])
    }

    @Test func `the secrets of a facet that is gone are gone with it`() {
        let observation = EnvironmentObservation.of([facet: .none], keyID: "k1")
        #expect(delta(observation, over: [facet: 1], [fingerprint("c1")]).fingerprints == [fingerprint(nil)])
    }

    @Test func `without a key the fingerprints stay`() {
        #expect(delta(.of([facet: 1]), over: [facet: 1], [fingerprint("c1")]).fingerprints.isEmpty)
    }

    @Test func `the fingerprints of a facet that was not answered stay`() {
        #expect(delta(.of([:], keyID: "k1"), over: [facet: 1], [fingerprint("c1")]).fingerprints.isEmpty)
    }

    // MARK: The body

    @Test func `a body is the same after writing and reading`() throws {
        var observation = EnvironmentObservation.of(
            [facet: 1], gaps: [.denied("rds", "DescribeDBInstances", facets: [facet], kinds: [.ec2SecurityGroup])],
            readings: [Reading(resource: Stack.database, name: "DBInstanceStatus", value: "available")],
            unsettled: [.environmentStatus("Updating"), .other(ReasonCode("paused", ["since": 1]))])
        observation.awsTime = Stack.start
        observation.decoders = [.rdsDBInstance: "1"]
        let body = SnapshotBody(
            observation: observation,
            changes: [
                SnapshotBody.Change(facet: facet, content: hash(1)),
                SnapshotBody.Change(facet: Stack.group.described, content: nil),
            ], fingerprints: [fingerprint("c1"), fingerprint(nil, part: "path")], root: hash(2),
            release: try Release(label: "v10", by: "release-bot"))

        #expect(SnapshotBody(json: try JSON(parsing: body.json.canonical)) == body)
    }

    @Test func `a body with an invalid change is refused`() throws {
        let body = SnapshotBody(
            observation: .of([:]), changes: [SnapshotBody.Change(facet: facet, content: hash(1))], fingerprints: [],
            root: hash(2),
            release: nil)
        let text = body.json.canonical.replacing(hash(1).hexadecimal, with: "abc")
        #expect(SnapshotBody(json: try JSON(parsing: text)) == nil)
    }
}
