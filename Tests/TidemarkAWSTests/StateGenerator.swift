import StrictJSON
import Tidemark
import TidemarkAWS
import TidemarkKinds
import TidemarkTestSupport

/// A generator of states: resources of every kind, with any attributes that AWS's answers can have.
struct StateGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Texts that YAML, or a careless writer of YAML, takes for another type.
    private static let texts = [
        "a", "antenna", "no", "Yes", "true", "null", "~", "", " ", " a ", "7.10", "7.1", "012", "0x1F", "1e3", "-",
        "- a",
        "1_000", "1:30:00", "2026-11-23", "a: b", "a # b", "#a", "'", "\"", "\\", "[a]", "{a}", "*a", "&a", "!a", "%a",
        "@a",
        "`a", "|", ">", "=", "<<", "?", "? a", ":", "${a}", "$${a}", "$", "a\nb", "a\n", "\ta", "é", "e\u{301}",
        "\u{7F}",
        "sg-0a", "123456789012", "000000000012", "tcp 80 from sg-0a", "REDACTE",
    ]

    mutating func state() -> [FacetID: JSON] {
        var facets: [FacetID: JSON] = [:]
        for definition in KindRegistry.all.definitions {
            for number in 0..<Int.random(in: 0...2, using: &random) {
                let resource = ResourceID(definition.kind, "\(definition.kind)-\(number)")
                for question in definition.questions {
                    for facet in question.facets {
                        facets[FacetID(resource, facet.name)] = content(of: facet, question)
                    }
                }
            }
        }
        return facets
    }

    /// The content as a walk keeps it: redacted, without volatile paths, in order.
    private mutating func content(of facet: FacetDefinition, _ question: QuestionDefinition) -> JSON {
        let raw = facet.isDocument ? ["Statement": [["Sid": .string(text)]]] : answer(question, facet.location)
        return facet.read(raw, names: PropertyNames()).content
    }

    /// A facet of several answers is the list of them.
    private mutating func answer(_ question: QuestionDefinition, _ place: AttributePattern) -> JSON {
        guard question.isCollected else { return value(question, place, depth: 4) }
        return .array((0..<count).map { _ in value(question, place, depth: 4) })
    }

    private var text: String { mutating get { Self.texts.randomElement(using: &random) ?? "" } }

    private mutating func value(_ question: QuestionDefinition, _ place: AttributePattern, depth: Int) -> JSON {
        switch WireAttributes().shape(of: question.service, question.operation, at: place) {
        case .structure(let names)?:
            var members: JSONObject = [:]
            for name in names where depth > 0 && Int.random(in: 0..<10, using: &random) < 6 {
                members[name] = value(question, place.appending(.member(name)), depth: depth - 1)
            }
            return .object(members)
        case .list?:
            return .array((0..<count).map { _ in value(question, place.appending(.elements), depth: depth - 1) })
        case .map?:
            return .object(JSONObject((0..<count).map { _ in (text, .string(text)) }))
        case .value(.boolean)?: return .bool(Bool.random(using: &random))
        case .value(.integer)?: return JSON(Int.random(in: -5...5000, using: &random))
        case .value(.number)?: return .number(JSONNumber("1.50") ?? JSONNumber(1))
        case .value(.time)?: return "2026-11-23T20:40:43Z"
        case .value(.text)?, .value(.version)?, .scalar?, nil: return .string(text)
        }
    }

    private var count: Int { mutating get { Int.random(in: 0...3, using: &random) } }

    // MARK: Changes

    /// Another value of the same type, or nil if there is none.
    mutating func changed(_ value: JSON) -> JSON? {
        switch value {
        case .null: return nil
        case .bool(let isTrue): return .bool(!isTrue)
        case .number(let number): return .number(JSONNumber("1\(number.lexeme.drop { $0 == "-" })") ?? number)
        case .string(let text): return .string(text + "!")
        case .array(let elements):
            guard let index = elements.indices.randomElement(using: &random) else { return nil }
            var changed = elements
            switch Int.random(in: 0..<3, using: &random) {
            case 0: changed.remove(at: index)
            case 1: changed.append(elements[index])
            default:
                guard let element = self.changed(elements[index]) else { return nil }
                changed[index] = element
            }
            return .array(changed)
        case .object(let object):
            // An empty value and none are equal.
            guard let member = object.members.randomElement(using: &random), !member.value.isNothing else { return nil }
            var members = object
            switch Int.random(in: 0..<4, using: &random) {
            case 0: members[member.key] = nil
            case 1: members["Added"] = "since"
            default: members[member.key] = changed(member.value)
            }
            return members == object ? nil : .object(members)
        }
    }

    /// The same with lists and members in another order, except lists whose order matters.
    mutating func shuffled(_ value: JSON, rules: ListRules, at place: AttributePattern = AttributePattern()) -> JSON {
        switch value {
        case .array(let elements):
            let inner = elements.map { shuffled($0, rules: rules, at: place.appending(.elements)) }
            return .array(rules[place] == .ordered ? inner : inner.shuffled(using: &random))
        case .object(let object):
            let members = object.members.map { member in
                (member.key, shuffled(member.value, rules: rules, at: place.appending(.member(member.key))))
            }
            return .object(JSONObject(members.shuffled(using: &random)))
        case .null, .bool, .number, .string: return value
        }
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &random) }
    mutating func choice<Element>(of elements: [Element]) -> Element? { elements.randomElement(using: &random) }
}
