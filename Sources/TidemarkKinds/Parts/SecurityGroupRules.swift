import StrictJSON
import Tidemark

/// A security group's permissions as readable rules: `tcp 5432 from ec2.security-group/awseb-…`.
enum SecurityGroupRules {
    /// The lists of a permission's peers, and the key members of a peer.
    static let peers: [(list: String, members: [KeyMember])] = [
        ("IpRanges", ["CidrIp"]), ("Ipv6Ranges", ["CidrIpv6"]), ("PrefixListIds", ["PrefixListId"]),
        ("UserIdGroupPairs", ["UserId", "GroupId"]),
    ]

    static func lines(_ permissions: String, _ preposition: String, _ reader: inout FactReader) -> [FactLine]? {
        guard let group = reader.facet(Snapshot.description) else { return nil }
        let owner = group["OwnerId"]?.string
        var lines: [FactLine] = []
        for permission in group.elements(permissions) {
            for (list, _) in peers {
                for peer in permission.elements(list) {
                    let peer = name(peer, owner: owner, &reader)
                    let rule = "\(traffic(permission)) \(preposition) "
                    lines.append(FactLine(rule + peer.text, key: rule + peer.key))
                }
            }
        }
        return lines.sorted { $0.text.precedesByUTF8($1.text) }
    }

    /// `tcp 5432`, `udp 8000-8100`, `icmp`, `all`.
    ///
    /// Source of the values: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html>.
    private static func traffic(_ permission: JSON) -> String {
        let name = permission["IpProtocol"]?.string ?? "-1"
        if name == "-1" { return "all" }
        guard let from = permission["FromPort"]?.integer, let to = permission["ToPort"]?.integer else { return name }
        // ICMP has a type and a code here; -1 means any.
        if name.hasPrefix("icmp") {
            return from == -1 ? name : "\(name) type \(from)" + (to == -1 ? "" : " code \(to)")
        }
        if from == to { return "\(name) \(from)" }
        return from == 0 && to == 65535 ? "\(name) all ports" : "\(name) \(from)-\(to)"
    }

    private static func name(_ peer: JSON, owner: String?, _ reader: inout FactReader) -> FactLine {
        if let range = peer["CidrIp"]?.string ?? peer["CidrIpv6"]?.string { return FactLine(range) }
        if let list = peer["PrefixListId"]?.string { return FactLine(list) }
        let group = ResourceID(reader.resource.kind, peer["GroupId"]?.string ?? "?")
        if let account = peer["UserId"]?.string, account != owner { return FactLine("\(account)/\(group.identity)") }
        return FactLine(reader.label(of: group), key: group.description)
    }
}
