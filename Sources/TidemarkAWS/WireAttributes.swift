import AWSClient
import Tidemark

/// Which attributes AWS's answers can have, by the wire table of the AWS client.
public struct WireAttributes: AttributeCatalogue {
    public init() {}

    public func members(of service: String, _ operation: String, at location: AttributePattern) -> [String]? {
        let steps = location.steps.map { step -> AnswerMembers.Step in
            switch step {
            case .member(let name): .member(name)
            case .elements: .elements
            }
        }
        return AnswerMembers.names(of: service, operation, at: steps)
    }
}
