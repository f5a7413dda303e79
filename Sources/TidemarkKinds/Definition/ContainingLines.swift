import Tidemark

/// The lines of a fact that contain by meaning what a baseline states, such as the wider rules of a security group.
public enum ContainingLines: Sendable {
    /// The texts of the lines; none if no line does.
    case seen([String])
    /// The reason why it is unknown whether a line does.
    case unseen(Unseen)

    var lines: [String] { if case .seen(let lines) = self { lines } else { [] } }
    var unseen: Unseen? { if case .unseen(let reason) = self { reason } else { nil } }
}
