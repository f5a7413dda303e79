import Tidemark

/// A rule of a security group with the addresses of its peer.
struct SecurityGroupRule {
    /// The rule as the fact prints it.
    let line: FactLine
    let traffic: Traffic
    /// The names of the peer: its label and its id, or its block.
    let peerNames: Set<String>
    let addresses: PeerAddresses

    /// The addresses of a rule's peer.
    enum PeerAddresses {
        /// The addresses of a block or a prefix list; none of a group.
        case known(AddressSet)
        /// The reason why they are unknown.
        case unseen(Unseen)
    }

    /// The traffic that the rule admits from a stated peer, or to it.
    /// - Parameter unknown: The addresses of a peer whose addresses are unseen.
    func admitted(_ peer: StatedRule.Peer, ifUnseen unknown: AddressSet) -> AdmittedTraffic {
        let admitted: AddressSet =
            switch (peer, addresses) {
            case (.any, _): .all
            case (.named(let name), _): peerNames.contains(name) ? .all : AddressSet()
            case (.addresses, .known(let addresses)): addresses
            case (.addresses, .unseen): unknown
            }
        return AdmittedTraffic(traffic: traffic, addresses: admitted)
    }

    var unseen: Unseen? { if case .unseen(let reason) = addresses { reason } else { nil } }
}

extension [SecurityGroupRule] {
    /// The lines of the rules that contain a stated one, alone or together.
    func lines(containing stated: StatedRule) -> ContainingLines {
        var found: Set<Int> = []
        var isUnseen = false
        for peer in stated.meanings {
            let wanted = AdmittedTraffic(traffic: stated.traffic, addresses: peer.allAddresses)
            found.formUnion(map { $0.admitted(peer, ifUnseen: AddressSet()) }.indices(admitting: wanted))
            isUnseen = isUnseen || map { $0.admitted(peer, ifUnseen: .all) }.contain(wanted)
        }
        let possible = filter { $0.traffic.intersection(stated.traffic) != nil }
        if found.isEmpty, isUnseen, let unseen = possible.lazy.compactMap(\.unseen).first { return .unseen(unseen) }
        return .seen(found.sorted().map { self[$0].line.text })
    }

    /// The traffic that is open to the whole internet, and the reason why there may be more.
    func openTraffic() -> (traffic: [Traffic], unseen: Unseen?) {
        // Any peer by address will do.
        let peer = StatedRule.Peer.addresses(.all)
        let least = map { $0.admitted(peer, ifUnseen: AddressSet()) }.trafficOpenToWorld
        let most = map { $0.admitted(peer, ifUnseen: .all) }.trafficOpenToWorld
        return (least, least == most ? nil : lazy.compactMap(\.unseen).first)
    }
}
