import StrictJSON
import Tidemark
import TidemarkKinds

/// The part of the schema that is about one kind.
struct KindSchema {
    private let definition: KindDefinition
    private let attributes: any AttributeCatalogue

    init(_ definition: KindDefinition, _ attributes: any AttributeCatalogue) {
        self.definition = definition
        self.attributes = attributes
    }

    /// The number of levels below an attribute that the schema describes.
    private static let depth = 2

    /// The schemas of `is`, `where` and `readings`, by their names.
    var all: [(String, JSON)] {
        let kind = definition.kind.rawValue
        let members = members
        let paths = Self.paths(into: members.map(\.0), hasTags: definition.tags != nil)
        let names = JSON(members.map(\.0))
        return [
            (
                kind,
                [
                    "type": "object", "minProperties": 1, "properties": .object(JSONObject(members)),
                    "patternProperties": [paths: .reference("value")], "additionalProperties": false,
                ]
            ),
            (
                "\(kind) where",
                [
                    "type": "object", "minProperties": 1,
                    "propertyNames": ["anyOf": [["enum": names], ["pattern": .string(paths)]]],
                    "additionalProperties": .reference("value"),
                ]
            ),
            ("\(kind) readings", readings),
        ]
    }

    private var readings: JSON {
        guard let known = definition.readings else {
            return ["type": "object", "additionalProperties": .reference("value")]
        }
        let members = known.map { ($0, JSON.reference("value")) }
        return ["type": "object", "properties": .object(JSONObject(members)), "additionalProperties": false]
    }

    /// The pattern of paths that begin with an attribute, and of tags.
    private static func paths(into names: [String], hasTags: Bool) -> String {
        "^(\(names.joined(separator: "|")))[.\\[]" + (hasTags ? "|^tag:." : "")
    }

    // MARK: Attributes

    private var members: [(String, JSON)] {
        let facts = (definition.facts + [.identity]).map { fact -> (String, JSON) in
            var schema = value(fact.shape).object ?? [:]
            schema["description"] = .string(fact.summary)
            return (fact.name, .object(schema))
        }
        var found: [(String, JSON)] = []
        for question in definition.questions {
            for facet in question.facets {
                let schema = schema(of: facet, at: AttributePattern(), question, depth: Self.depth)
                if facet.name == Snapshot.description {
                    found += structureMembers(of: facet, at: AttributePattern(), question, depth: Self.depth)
                } else {
                    found.append((facet.name, schema))
                }
            }
        }
        return found + facts
    }

    /// The schema of a value whose members are unknown.
    private func value(_ shape: AttributeShape?) -> JSON {
        switch shape {
        case .value(.boolean)?: .reference("boolean")
        case .value(.integer)?: .reference("integer")
        case .value(.number)?: .reference("number")
        case .value(.text)?, .value(.version)?, .value(.time)?: .reference("text")
        // A fact is a list if its sources disagree.
        case .scalar?, .list?, nil: .reference("value")
        case .map?, .structure?: .reference("map")
        }
    }

    private func schema(
        of facet: FacetDefinition, at pattern: AttributePattern, _ question: QuestionDefinition, depth: Int
    ) -> JSON {
        let shape = attributes.shape(of: facet, at: pattern, in: question)
        guard depth > 0, let shape else { return value(shape) }
        switch shape {
        case .structure:
            let members = structureMembers(of: facet, at: pattern, question, depth: depth - 1)
            let structure: JSON = [
                "type": "object", "minProperties": 1, "properties": .object(JSONObject(members)),
                "additionalProperties": false,
            ]
            return ["anyOf": [structure, .reference("operators"), .reference("scalar")]]
        case .list:
            let inner = schema(of: facet, at: pattern.appending(.elements), question, depth: depth - 1)
            var choices: [JSON] = [.list(of: inner), .reference("operators"), .reference("scalar")]
            if case .keyed? = facet.lists[pattern] {
                choices.append(["type": "object", "additionalProperties": inner])
            }
            return ["anyOf": .array(choices)]
        case .map, .scalar, .value: return value(shape)
        }
    }

    private func structureMembers(
        of facet: FacetDefinition, at pattern: AttributePattern, _ question: QuestionDefinition, depth: Int
    ) -> [(String, JSON)] {
        guard case .structure(let names)? = attributes.shape(of: facet, at: pattern, in: question) else { return [] }
        return names.compactMap { name in
            let inner = pattern.appending(.member(name))
            // An expectation of a value that changes by itself is a mistake.
            return facet.volatile.contains(inner) ? nil : (name, schema(of: facet, at: inner, question, depth: depth))
        }
    }
}
