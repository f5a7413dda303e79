/// The type of a member.
package enum WireType: Sendable, Hashable {
    case string
    case integer
    case float
    case boolean
    case blob
    case timestamp(format: String?)
    /// A string of URL-encoded JSON, which boto3 decodes: IAM's policy documents.
    case policy
    /// A structure, a list or a map, by its name in the service's table.
    case shape(String)

    package init?(_ text: Substring) {
        switch text {
        case "string": self = .string
        case "integer": self = .integer
        case "float": self = .float
        case "boolean": self = .boolean
        case "blob": self = .blob
        case "policy": self = .policy
        case "timestamp": self = .timestamp(format: nil)
        case _ where text.hasPrefix("timestamp:"):
            self = .timestamp(format: String(text.dropFirst("timestamp:".count)))
        case _ where text.hasPrefix("@"): self = .shape(String(text.dropFirst()))
        default: return nil
        }
    }
}
