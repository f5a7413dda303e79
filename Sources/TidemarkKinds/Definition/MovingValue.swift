import StrictJSON
import Tidemark

/// A value that AWS moves by itself under a condition, such as a database's zone where a failover moves it.
///
/// It is a reading then, and otherwise a part of the description.
public struct MovingValue: Sendable {
    /// The name of the reading, which is the value's place in the facet: `AvailabilityZone`.
    public let name: String
    /// The condition in a message: `MultiAZ is true`.
    public let condition: String
    /// The place in the facet.
    package let place: AttributePattern
    /// Whether AWS moves the value: from the object that holds it, and the whole facet.
    public let moves: @Sendable (_ holder: JSONObject, _ facet: JSON) -> Bool

    /// Creates the declaration of a value.
    public init(
        _ name: String, where condition: String,
        moves: @escaping @Sendable (_ holder: JSONObject, _ facet: JSON) -> Bool
    ) {
        self.name = name
        place = AttributePattern(stringLiteral: name)
        self.condition = condition
        self.moves = moves
    }

    /// The reason why nothing can be expected of it.
    fileprivate var unseen: Unseen {
        Unseen(
            reason: "it is a reading where \(condition), since AWS moves it by itself",
            remedy: "expect '\(name)' under 'readings'")
    }
}

extension FacetDefinition {
    /// The values at, above or below a place that are readings now, with the reason why nothing can be expected of them.
    package func moved(in content: JSON, at place: AttributePattern) -> [AttributePattern: Unseen] {
        let moved = moving.filter { value in
            zip(value.place.steps, place.steps).allSatisfy { $0 == $1 }
                && content.holders(of: value.place.steps[...]).contains { value.moves($0, content) }
        }
        return Dictionary(moved.map { ($0.place, $0.unseen) }) { first, _ in first }
    }

    /// The facet's readings in an answer, by name. A reading of a list's elements is a map from their keys.
    package func readings(in content: JSON) -> [(name: String, value: JSON)] {
        let always = readings.map { (name: $0, value: reading($0, in: content) { _ in true }) }
        let now = moving.map { value in
            (name: value.name, value: reading(value.name, in: content) { value.moves($0, content) })
        }
        return (always + now).compactMap { name, value in value.map { (name, $0) } }
    }

    private func reading(_ name: String, in content: JSON, where isRead: (JSONObject) -> Bool) -> JSON? {
        let place = AttributePattern(stringLiteral: name)
        let found = content.keyed(at: place.steps[...], lists: lists, where: isRead)
        guard place.steps.contains(.elements) else { return found.first?.value }
        return found.isEmpty ? nil : .object(JSONObject(found.map { ($0.key, $0.value) }))
    }
}

extension JSON {
    /// The value without a moving one.
    func removing(_ moving: MovingValue, movingIn facet: JSON) -> JSON {
        guard case .member(let name)? = moving.place.steps.last else { return self }
        return replacing(at: moving.place.steps.dropLast()) { holder in
            guard case .object(let object) = holder, moving.moves(object, facet) else { return holder }
            return .object(JSONObject(object.members.filter { $0.key != name }.map { ($0.key, $0.value) }))
        }
    }

    /// The objects that hold the values at a place.
    fileprivate func holders(of steps: ArraySlice<AttributePattern.Step>) -> [JSONObject] {
        values(at: AttributePattern(Array(steps.dropLast()))).compactMap(\.object)
    }

    /// The values at a place, each with the key of the innermost element that it is in.
    fileprivate func keyed(
        at steps: ArraySlice<AttributePattern.Step>, key: String = "", pattern: AttributePattern = AttributePattern(),
        lists: ListRules, where isRead: (JSONObject) -> Bool
    ) -> [(key: String, value: JSON)] {
        let rest = steps.dropFirst()
        switch (steps.first, self) {
        case (nil, _): return [(key, self)]
        case (.member(let name)?, .object(let object)):
            guard let value = object[name], !rest.isEmpty || isRead(object) else { return [] }
            return value.keyed(
                at: rest, key: key, pattern: pattern.appending(.member(name)), lists: lists, where: isRead)
        case (.elements?, .array(let elements)):
            return elements.flatMap { element in
                element.keyed(
                    at: rest, key: lists[pattern]?.key(of: element) ?? key, pattern: pattern.appending(.elements),
                    lists: lists, where: isRead)
            }
        default: return []
        }
    }
}
