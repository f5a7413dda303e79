import StrictJSON
import Tidemark

/// A security group's permissions as readable rules: `tcp 5432 from ec2.security-group/awseb-…`.
enum SecurityGroupRules {
    /// The lists of a permission's peers, and the key members of a peer.
    static let peers: [(list: String, members: [KeyMember])] = [
        ("IpRanges", ["CidrIp"]), ("Ipv6Ranges", ["CidrIpv6"]), ("PrefixListIds", ["PrefixListId"]),
        ("UserIdGroupPairs", ["UserId", "GroupId"]),
    ]

    /// The rules of one direction, a line each.
    static func lines(_ direction: RuleDirection, _ reader: inout FactReader) -> [FactLine]? {
        admissions(direction, &reader).map { all in
            all.map { line($0.traffic, direction, $0.name) }.sorted { $0.text.precedesByUTF8($1.text) }
        }
    }

    /// A rule contains others.
    static func meaning(of direction: RuleDirection) -> LineMeaning {
        LineMeaning(mistake: { StatedRule.mistake(in: $0, direction) }) { text, reader in
            StatedRule(text, direction).map { (rules(direction, &reader) ?? []).lines(containing: $0) }
        }
    }

    private static func rules(_ direction: RuleDirection, _ reader: inout FactReader) -> [SecurityGroupRule]? {
        admissions(direction, &reader)?.map { traffic, peer, name in
            SecurityGroupRule(
                line: line(traffic, direction, name), traffic: traffic,
                peerNames: [name.text, name.key, peer["GroupId"]?.string ?? name.key],
                addresses: addresses(peer, reader))
        }
    }

    private static func line(_ traffic: Traffic, _ direction: RuleDirection, _ peer: FactLine) -> FactLine {
        let rule = "\(traffic) \(direction.preposition) "
        return FactLine(rule + peer.text, key: rule + peer.key)
    }

    /// The traffic of each permission with each of its peers, and the peer's name.
    private static func admissions(
        _ direction: RuleDirection, _ reader: inout FactReader
    ) -> [(traffic: Traffic, peer: JSON, name: FactLine)]? {
        guard let group = reader.facet(Snapshot.description) else { return nil }
        let owner = group["OwnerId"]?.string
        var found: [(traffic: Traffic, peer: JSON, name: FactLine)] = []
        for permission in group.elements(direction.permissions) {
            let traffic = Traffic(permission)
            for peer in peers.flatMap({ permission.elements($0.list) }) {
                found.append((traffic, peer, name(peer, owner: owner, &reader)))
            }
        }
        return found
    }

    private static func name(_ peer: JSON, owner: String?, _ reader: inout FactReader) -> FactLine {
        if let range = peer["CidrIp"]?.string ?? peer["CidrIpv6"]?.string { return FactLine(range) }
        if let list = peer["PrefixListId"]?.string { return FactLine(list) }
        let group = ResourceID(reader.resource.kind, peer["GroupId"]?.string ?? "?")
        if let account = peer["UserId"]?.string, account != owner { return FactLine("\(account)/\(group.identity)") }
        return FactLine(reader.label(of: group), key: group.description)
    }

    // MARK: Addresses

    private static func addresses(_ peer: JSON, _ reader: FactReader) -> SecurityGroupRule.PeerAddresses {
        if let block = peer["CidrIp"]?.string ?? peer["CidrIpv6"]?.string { return union(of: [block]) }
        guard let list = peer["PrefixListId"]?.string else { return .known(AddressSet()) }
        let id = ResourceID(.ec2PrefixList, list)
        return switch reader.result(of: FacetID(id, KindDefinition.prefixListEntries.name)) {
        case .seen(let entries): union(of: (entries.array ?? []).compactMap { $0["Cidr"]?.string })
        case .absent: .unseen(.notObserved(id))
        case .unseen(let reason, _): .unseen(reason)
        }
    }

    private static func union(of blocks: [String]) -> SecurityGroupRule.PeerAddresses {
        var addresses = AddressSet()
        for block in blocks {
            guard let found = AddressSet(block: block) else {
                return .unseen(Unseen(reason: "'\(block.printable)' is not a block of addresses"))
            }
            addresses.formUnion(found)
        }
        return .known(addresses)
    }

    // MARK: The internet

    /// The traffic that may come in from the whole internet.
    static func openToWorld(_ reader: inout FactReader) -> [FactLine]? {
        guard reader.facet(Snapshot.description) != nil else { return nil }
        // The labels of groups are not needed: the fact is seen if they are unseen.
        var other = reader
        let (traffic, unseen) = (rules(.ingress, &other) ?? []).openTraffic()
        if let unseen { reader.setUnseen(unseen) }
        return traffic.map { FactLine($0.description) }
    }

    /// A line of `openToWorld` contains traffic, whatever address it is from.
    static let meaningOfOpenTraffic = LineMeaning(mistake: { StatedRule.mistake(in: $0, .ingress) }) { text, reader in
        StatedRule(text, .ingress).map { stated in
            let lines = openToWorld(&reader) ?? []
            return lines.compactMap { line in
                Traffic(line.text).map {
                    SecurityGroupRule(line: line, traffic: $0, peerNames: [], addresses: .known(.all))
                }
            }.lines(containing: stated)
        }
    }
}
