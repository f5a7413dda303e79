/// The direction of the traffic that rules of a security group admit.
enum RuleDirection {
    case ingress, egress

    /// The member of the group with its permissions.
    var permissions: String {
        switch self {
        case .ingress: "IpPermissions"
        case .egress: "IpPermissionsEgress"
        }
    }

    /// The word before the peer of a rule.
    var preposition: String {
        switch self {
        case .ingress: "from"
        case .egress: "to"
        }
    }
}
