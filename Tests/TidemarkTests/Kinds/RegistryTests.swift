import Testing

@testable import Tidemark

/// What must hold of every kind's declaration.
struct RegistryTests {
    private let kinds = KindRegistry.all

    @Test func `each kind is declared once`() {
        #expect(Set(kinds.definitions.map(\.kind)).count == kinds.definitions.count)
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `a kind's names are its own`(kind: Kind) throws {
        let definition = try #require(kinds[kind])
        let facets = definition.facets.map(\.name)

        #expect(facets.first == Snapshot.description)
        #expect(Set(facets).count == facets.count)
        #expect(Set(definition.questions.map(\.name)).count == definition.questions.count)
        #expect(Set(definition.facts.map(\.name)).count == definition.facts.count)
        #expect(Set(facets + [Snapshot.reach]).isDisjoint(with: definition.facts.map(\.name)))
        #expect(definition.facts.allSatisfy { $0.name.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil })
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `every lead leads somewhere`(kind: Kind) throws {
        let definition = try #require(kinds[kind])
        for lead in definition.questions.flatMap(\.leads) {
            switch lead.destination {
            case .kind(let kind): #expect(kinds[kind] != nil, "no kind \(kind)")
            case .question(let name): #expect(definition.question(name) != nil, "no question \(name)")
            }
        }
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `a question has inputs from the identity or from its lead`(kind: Kind) throws {
        for question in try #require(kinds[kind]).firstQuestions {
            let left = question.asked(with: ["identity": "x"]).description
            #expect(!left.contains("${"), "nothing fills \(left)")
        }
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `every reading is a volatile value`(kind: Kind) throws {
        for facet in try #require(kinds[kind]).facets {
            let volatile = facet.volatile.map(\.steps)
            #expect(facet.readings.allSatisfy { volatile.contains([.member($0)]) })
        }
    }

    @Test(
        arguments: [
            ("environment", ["ec2.security-group", "rds.db-instance"]),
            ("settings", ["ec2.security-group", "rds.db-instance"]),
            ("resources", ["ec2.security-group"]), ("instances", ["ec2.security-group"]),
        ] as [(String, Set<Kind>)])
    func `what lies beyond a question is known before it is asked`(name: String, beyond: Set<Kind>) throws {
        #expect(kinds.kindsBeyond(try #require(kinds.anchor.question(name)), of: kinds.anchor) == beyond)
    }
}
