/// A rule as a baseline states it: `tcp 5432 from 0.0.0.0/0`, or `tcp 22` for any peer.
struct StatedRule {
    let traffic: Traffic
    /// Whom the traffic is from, or to. A rule contains the stated one if it contains it in one of the meanings.
    let meanings: [Peer]

    /// One meaning of a peer.
    enum Peer {
        /// Any peer.
        case any
        /// Each of these addresses.
        case addresses(AddressSet)
        /// The group or the prefix list with this name or id.
        case named(String)

        /// The addresses that the traffic is from, or to; all of a peer that is known by name.
        var allAddresses: AddressSet {
            switch self {
            case .addresses(let addresses): addresses
            case .any, .named: .all
            }
        }
    }

    /// Nil for a text that is not a rule in this direction.
    init?(_ text: String, _ direction: RuleDirection) {
        let parts = text.split(separator: " \(direction.preposition) ", maxSplits: 1)
        guard let traffic = parts.first.flatMap({ Traffic(String($0)) }) else { return nil }
        self.traffic = traffic
        meanings = parts.count == 2 ? Self.meanings(of: String(parts[1])) : [.any]
    }

    /// `0.0.0.0/0` means the internet, of either version; `::/0` means that of version 6. What is open to every address is
    /// open to a group too.
    private static func meanings(of peer: String) -> [Peer] {
        switch AddressSet(block: peer) {
        case AddressSet.version4?: AddressSet.internet.map(Peer.addresses)
        case AddressSet.version6?: AddressSet.internet.suffix(1).map(Peer.addresses)
        case let block?: [.addresses(block)]
        case nil: [.named(peer), .addresses(.version4), .addresses(.version6)]
        }
    }
}
