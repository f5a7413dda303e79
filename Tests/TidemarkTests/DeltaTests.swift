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
            observation,
            over: ChainState(
                facets: head.mapValues(hash), fingerprints: before.reduce(into: [:]) { $0[$1.location] = $1.value }))
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
        #expect(delta.body.changes.isEmpty)
        #expect(Root.hash(of: delta.state.facets) == Root.hash(of: [facet: hash(["a": 1])]))
    }

    @Test func `new content is a change and is stored`() {
        let delta = delta(.of([facet: ["a": 2]]), over: [facet: ["a": 1]])
        #expect(delta.body.changes == [SnapshotBody.Change(facet: facet, content: hash(["a": 2]))])
        #expect(delta.contents[hash(["a": 2])] == (["a": 2] as JSON).canonicalBytes)
        #expect(delta.contents[hash(["a": 1])] == nil)
        #expect(delta.state.facets == [facet: hash(["a": 2])])
    }

    @Test func `a facet that is gone is null from then on and not part of the root`() {
        let delta = delta(.of([facet: .none]), over: [facet: ["a": 1]])
        #expect(delta.body.changes == [SnapshotBody.Change(facet: facet, content: nil)])
        #expect(Root.hash(of: delta.state.facets) == Root.hash(of: [:]))
    }

    @Test func `a facet that never existed cannot be gone`() {
        #expect(delta(.of([facet: .none]), over: [:]).body.changes.isEmpty)
    }

    @Test func `a facet that was not answered keeps its content`() {
        let other = Stack.group.described
        let delta = delta(.of([other: 2]), over: [facet: 1])
        #expect(delta.state.facets == [facet: hash(1), other: hash(2)])
        #expect(delta.body.changes.map(\.facet) == [other])
    }

    @Test func `changes are in the order of kind, identity and facet`() {
        let facets = ["c", "a", "b"].map { FacetID(ResourceID(Kind(rawValue: "k"), $0), "description") }
        let observation = EnvironmentObservation.of(Dictionary(uniqueKeysWithValues: facets.map { ($0, 1) }))
        #expect(delta(observation, over: [:]).body.changes.map(\.facet) == facets.sorted())
    }

    @Test func `the set of questions is content too, and the same in any order`() throws {
        let questions = ["A", "B", "C"].map { Question(service: "rds", operation: $0, parameters: [:]) }
        var first = EnvironmentObservation.of([:])
        first.coverage = Coverage(questions: questions, gaps: [])
        var second = first
        second.coverage = Coverage(questions: questions.reversed(), gaps: [])

        let set = try #require(delta(first, over: [:]).state.questions)
        #expect(delta(second, over: [:]).state.questions == set)
        #expect(set.count == 3)
        let content = try #require(delta(first, over: [:]).contents[set.hash])
        #expect(try JSON(parsing: content).array?.count == 3)
    }

    // MARK: Fingerprints

    private func fingerprint(_ code: String?, key: String = "k1", part: String = "value") -> Fingerprint {
        let place = Fingerprint.Location(facet: facet, path: "A", part: part)
        return Fingerprint(location: place, value: code.map { Fingerprint.Value(key: key, code: $0) })
    }

    @Test func `an unchanged fingerprint is not written again`() {
        let observation = EnvironmentObservation.of([facet: 1], fingerprints: [fingerprint("c1")], keyID: "k1")
        #expect(delta(observation, over: [facet: 1], [fingerprint("c1")]).body.fingerprints.isEmpty)
    }

    @Test func `a rotated secret is a changed fingerprint, even if nothing else changed`() {
        let observation = EnvironmentObservation.of([facet: 1], fingerprints: [fingerprint("c2")], keyID: "k1")
        let delta = delta(observation, over: [facet: 1], [fingerprint("c1")])
        #expect(delta.body.fingerprints == [fingerprint("c2")])
        #expect(delta.body.changes.isEmpty)
    }

    @Test func `a fingerprint of another key is written with its key`() {
        let observation = EnvironmentObservation.of(
            [facet: 1], fingerprints: [fingerprint("c1", key: "k2")], keyID: "k2")
        #expect(
            delta(observation, over: [facet: 1], [fingerprint("c1")]).body.fingerprints == [
                fingerprint("c1", key: "k2")
            ])
    }

    @Test func `a secret that no longer exists is null`() {
        let observation = EnvironmentObservation.of(
            [facet: 1], fingerprints: [fingerprint("c1", part: "path")], keyID: "k1")
        let delta = delta(observation, over: [facet: 1], [fingerprint("c1"), fingerprint("c1", part: "path")])
        #expect(delta.body.fingerprints == [fingerprint(nil)])
    }

    @Test func `the secrets of a facet that is gone are gone with it`() {
        let observation = EnvironmentObservation.of([facet: .none], keyID: "k1")
        #expect(delta(observation, over: [facet: 1], [fingerprint("c1")]).body.fingerprints == [fingerprint(nil)])
    }

    @Test func `without a key the fingerprints stay`() {
        #expect(delta(.of([facet: 1]), over: [facet: 1], [fingerprint("c1")]).body.fingerprints.isEmpty)
    }

    @Test func `the fingerprints of a facet that was not answered stay`() {
        #expect(delta(.of([:], keyID: "k1"), over: [facet: 1], [fingerprint("c1")]).body.fingerprints.isEmpty)
    }

    // MARK: The body

    private let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])

    private func observation(_ change: (inout EnvironmentObservation) -> Void = { _ in }) -> EnvironmentObservation {
        var observation = EnvironmentObservation.of(
            [facet: 1], gaps: [gap], fingerprints: [fingerprint("c1")], keyID: "k1",
            readings: [Reading(resource: Stack.database, name: "DBInstanceStatus", value: "available")])
        change(&observation)
        return observation
    }

    @Test func `an unchanged snapshot says nothing but its times and its state`() throws {
        let first = Delta(observation(), over: ChainState())
        let second = Delta(observation(), over: first.state)
        #expect(second.body.json.object?.keys.sorted() == ["finished", "started", "state"])
        #expect(second.body.json.canonicalBytes.count < 170)
        #expect(second.body.state == first.body.state && second.state == first.state)
    }

    private typealias Edit = @Sendable (inout EnvironmentObservation) -> Void

    private static let edits: [(String, Edit)] = [
        ("changed", { $0.facets[.database] = 2 }), ("fingerprints", { $0.fingerprints = [] }),
        ("gaps", { $0.coverage = Coverage(questions: [], gaps: []) }), ("key", { $0.keyID = nil }),
        ("decoders", { $0.decoders[.rdsDBInstance] = "99" }), ("readings", { $0.readings = [] }),
        (
            "questions",
            { observation in
                let question = Question(service: "rds", operation: "A", parameters: [:])
                observation.coverage = Coverage(questions: [question], gaps: observation.coverage.gaps)
            }
        ),
    ]

    @Test(arguments: edits.indices) func `a snapshot says what changed, and its state is another`(index: Int) throws {
        let (member, change) = Self.edits[index]
        let first = Delta(observation(), over: ChainState())
        let second = Delta(observation(change), over: first.state)
        let others = ["finished", "started", "state", "root", "asked"]
        #expect(second.body.json.object?.keys.filter { !others.contains($0) } == [member])
        #expect(second.body.state != first.body.state)

        // A reader of the log comes to the same state.
        let read = try #require(SnapshotBody(json: JSON(parsing: second.body.json.canonical)))
        var state = first.state
        state.apply(read)
        #expect(state == second.state && state.hash(ChainState.Parts(of: state)) == read.state)
    }

    @Test(arguments: 0..<10) func `a reader of the log comes to the state of the recorder`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (recorder, reader) = (ChainState(), ChainState())
        for _ in 0..<20 {
            let names = ["a", "b", "c"].filter { _ in Bool.random(using: &random) }
            let facets = names.map { name -> (FacetID, JSON?) in
                let content = JSON(Int.random(in: 0...3, using: &random))
                return (ResourceID(.rdsDBInstance, name).described, Bool.random(using: &random) ? content : .none)
            }
            let delta = Delta(
                .of(
                    Dictionary(uniqueKeysWithValues: facets), gaps: Bool.random(using: &random) ? [gap] : [],
                    readings: names.map { Reading(resource: Stack.database, name: $0, value: .null) }), over: recorder)
            recorder = delta.state
            reader.binding = recorder.binding
            reader.apply(try #require(SnapshotBody(json: JSON(parsing: delta.body.json.canonical))))
            #expect(reader == recorder)
        }
    }

    @Test func `a body is the same after writing and reading`() throws {
        let body = Delta(
            observation {
                $0.facets[Stack.group.described] = .some(.none)
                $0.unsettled = [.environmentStatus("Updating"), .other(ReasonCode("paused", ["since": 1]))]
            }, over: ChainState(facets: [Stack.group.described: hash(1)]),
            release: try Release(label: "v10", by: "release-bot")
        ).body
        #expect(body.changes.count == 2 && body.unsettled.count == 2)
        #expect(SnapshotBody(json: try JSON(parsing: body.json.canonical)) == body)
    }

    @Test func `a body with an invalid change is refused`() throws {
        let text = Delta(observation(), over: ChainState()).body.json.canonical
            .replacing(hash(1).hexadecimal, with: "abc")
        #expect(SnapshotBody(json: try JSON(parsing: text)) == nil)
    }
}

extension FacetID {
    fileprivate static let database = Stack.database.described
}
