import AWSShapes
import Tidemark

/// The attributes that AWS's answers can have, from the wire table.
public struct WireAttributes: AttributeCatalogue {
    /// Creates a catalogue over the wire table.
    public init() {}

    /// The shape at a place in an answer; nil if the wire table does not know it.
    public func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape? {
        let steps = location.steps.map { step -> AnswerShape.Step in
            switch step {
            case .member(let name): .member(name)
            case .elements: .elements
            }
        }
        return switch AnswerShape(of: service, operation, at: steps) {
        case .structure(let names)?: .structure(names)
        case .list?: .list
        case .map?: .map
        case .text?: .value(.text)
        case .integer?: .value(.integer)
        case .number?: .value(.number)
        case .boolean?: .value(.boolean)
        case .time?: .value(.time)
        case nil: nil
        }
    }
}
