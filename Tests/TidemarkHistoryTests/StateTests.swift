import GRDB
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

/// The state at any entry, compared with a replay into a dictionary.
struct StateTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let facets = (0..<5).flatMap { [FacetID.of("db\($0)"), FacetID.of("db\($0)", "reach")] }

    /// An observation with some facets answered, some gone, and the rest unanswered.
    private static func observation(using generator: inout SeededGenerator) -> EnvironmentObservation {
        var facets: [FacetID: JSON?] = [:]
        for facet in Self.facets {
            switch Int.random(in: 0..<6, using: &generator) {
            case 0...2: facets.updateValue(["value": JSON(Int.random(in: 0..<3, using: &generator))], forKey: facet)
            case 3: facets.updateValue(.none, forKey: facet)
            default: break
            }
        }
        return .of(facets)
    }

    @Test(arguments: 1...2)
    func `the state at every seq is that of a naive replay`(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var state: [FacetID: StoredFacet] = [:]
        var replayed: [(Seq, [FacetID: StoredFacet])] = []
        for _ in 0..<60 {
            let observation = Self.observation(using: &generator)
            let appended = try #require(try scratch.append(observation))
            let seq = appended.entry.header.seq
            for (facet, content) in observation.facets where state[facet]?.content != content {
                state[facet] = content.map { StoredFacet(content: $0, hash: ContentHash(of: $0), since: seq) }
            }
            #expect(appended.body.root == Root.hash(of: state.mapValues(\.hash)))
            replayed.append((seq, state))
        }

        let history = try scratch.history
        for (seq, state) in replayed {
            #expect(try history.snapshot(of: EnvironmentName("antenna-production"), at: .seq(seq)).facets == state)
        }
    }

    @Test func `the index rebuilt from the log is the index that was written`() throws {
        var generator = SeededGenerator(seed: 99)
        for number in 0..<30 {
            var observation = Self.observation(using: &generator)
            let place = Fingerprint.Location(facet: .of("db0"), path: "P", part: "value")
            observation.fingerprints = [
                Fingerprint(location: place, value: Fingerprint.Value(key: "k", code: "c\(number % 3)"))
            ]
            observation.keyID = "k"
            let question = Question(
                service: "ec2", operation: "DescribeInstances", parameters: ["InstanceIds": ["i-1"]])
            let gap = Gap(
                question: question, outcome: .denied,
                reason: number.isMultiple(of: 2) ? .call(.aws(code: "Denied", message: "no")) : .emptyAnswer,
                facets: [.of("db1")], kinds: [])
            observation.coverage = Coverage(questions: [question], gaps: [gap])
            try scratch.append(observation, release: number.isMultiple(of: 5) ? "v\(number)" : nil)
        }
        let before = try scratch.dump()
        try History.open(appendingAt: scratch.path, images: KindRegistry.all.images).rebuildIndex()

        #expect(try scratch.dump() == before)
        #expect(try scratch.count("index_fingerprint") == 30)
        #expect(try scratch.count("index_release") == 6)
    }

    @Test func `an empty index is rebuilt from the log alone`() throws {
        try scratch.append(.of([.of("a"): 1]), release: "v9")
        try scratch.append(.of([.of("a"): 2]), release: "v10")
        let before = try scratch.dump()
        try scratch.raw { try $0.execute(sql: Embedded.emptyIndex) }
        // A file without an index that this program derives is read in a copy with one.
        #expect(try scratch.snapshot("latest").facets[.of("a")]?.content == 2)

        try scratch.raw { database in
            try database.execute(
                sql: Embedded.insertDerivation, arguments: ["version": KindRegistry.all.images.version])
        }
        // The index is compared with the log: an empty one does not mean that everything is gone.
        #expect(throws: Failure.self) { try scratch.snapshot("latest") }

        try History.open(appendingAt: scratch.path, images: KindRegistry.all.images).rebuildIndex()
        #expect(try scratch.dump() == before)
    }
}
