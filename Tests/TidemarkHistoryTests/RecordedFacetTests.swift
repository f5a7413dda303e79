import StrictJSON
import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// What a history has of an answer that never changes.
struct RecordedFacetTests {
    private let scratch: Scratch
    private let facet = FacetID.of("antenna-postgres")

    init() throws { scratch = try Scratch() }

    /// Appends a snapshot with a content of the facet, nil for none, that a decoder read.
    private func append(_ content: JSON?, decoder: String? = "1", gaps: [Gap] = [], isAnswered: Bool = true) throws {
        let observation = EnvironmentObservation.of(isAnswered ? [facet: content] : [:], gaps: gaps)
        var decoders = observation.decoders
        decoders[facet.resource.kind] = decoder
        try scratch.append(
            EnvironmentObservation(
                started: observation.started, finished: observation.finished, binding: observation.binding,
                caller: observation.caller, facets: observation.facets, coverage: observation.coverage,
                decoders: decoders))
    }

    private func recorded(_ facet: FacetID? = nil) throws -> RecordedFacet? {
        try scratch.history.recorded(in: EnvironmentName("antenna-production"))(facet ?? self.facet)
    }

    @Test func `the newest content is found, also of a resource that left the state`() throws {
        try append(["Engine": "mysql"])
        try append(["Engine": "postgres"])
        let newest = RecordedFacet(content: ["Engine": "postgres"], decoder: "1")
        #expect(try recorded() == newest)
        try append(nil, decoder: "2")
        try append(nil, decoder: "2")
        #expect(try recorded() == newest)
        #expect(try recorded(.of("other")) == nil && recorded(.of("antenna-postgres", "config")) == nil)
    }

    @Test func `the decoder is that of the last snapshot that asked for it`() throws {
        try append(["Engine": "postgres"])
        try append(["Engine": "postgres"], decoder: "2")
        #expect(try recorded()?.decoder == "2")
        // Without the kind it was not asked for.
        try append(nil, decoder: nil, isAnswered: false)
        #expect(try recorded()?.decoder == "2")
    }

    @Test func `a content is not used if another decoder could not ask for it`() throws {
        try append(["Engine": "postgres"])
        let gap = Gap(
            question: Question(service: "rds", operation: "DescribeDBInstances", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [facet], kinds: [])
        try append(nil, decoder: "2", gaps: [gap], isAnswered: false)
        #expect(try recorded() == nil)
    }

    @Test func `a content that the log does not have is not used`() throws {
        try append(["Engine": "mysql"])
        try append(["Engine": "postgres"])
        try scratch.tamper("UPDATE index_version SET content = (SELECT min(content) FROM index_version) WHERE seq = 2")
        #expect(try recorded() == nil)
    }
}
