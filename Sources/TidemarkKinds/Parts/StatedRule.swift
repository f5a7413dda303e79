import StrictJSON
import Tidemark

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
        let parts = text.split(separator: " \(direction.preposition) ", maxSplits: 1).map(String.init)
        // A number alone is rather meant as a port than as a protocol.
        guard let traffic = parts.first.flatMap({ Traffic($0) }), parts.count == 2 || Int(text) == nil,
            let meanings = parts.count == 2 ? Self.meanings(of: parts[1]) : [.any]
        else { return nil }
        self.traffic = traffic
        self.meanings = meanings
    }

    /// The meanings of a peer; nil for any other text.
    ///
    /// `0.0.0.0/0` means the internet, of either version; `::/0` means that of version 6. What is open to every address is
    /// open to a group too.
    private static func meanings(of peer: String) -> [Peer]? {
        switch AddressSet(block: peer) {
        case AddressSet.version4?: AddressSet.internet.map(Peer.addresses)
        case AddressSet.version6?: AddressSet.internet.suffix(1).map(Peer.addresses)
        case let block?: [.addresses(block)]
        case nil: isName(peer) ? [.named(peer), .addresses(.version4), .addresses(.version6)] : nil
        }
    }

    /// Whether a rule can name its peer so: a group by its label or its id, also in another account, or a prefix list by its
    /// id.
    private static func isName(_ peer: String) -> Bool {
        ["\(Kind.ec2SecurityGroup)/", "sg-", "pl-"].contains(where: peer.hasPrefix) || peer.contains("/sg-")
    }

    /// The mistake in a text that is not a rule in this direction; nil for one that is.
    static func mistake(in text: String, _ direction: RuleDirection) -> String? {
        if StatedRule(text, direction) != nil { return nil }
        let isAbout = "'\(text.printable)' is not a rule"
        if let meant = correction(of: text, direction) { return "\(isAbout): did you mean '\(meant.printable)'?" }
        let word = direction.preposition
        return "\(isAbout) such as 'tcp 5432 \(word) 10.0.0.0/8', '… \(word) \(Kind.ec2SecurityGroup)/NAME' or 'tcp 22'"
    }

    /// The rule that a text is likely meant as; nil if there is none.
    private static func correction(of text: String, _ direction: RuleDirection) -> String? {
        let other: RuleDirection = direction == .ingress ? .egress : .ingress
        let candidates = [
            "tcp \(text)", text.replacing(" \(other.preposition) ", with: " \(direction.preposition) "),
            text.replacing(" \(direction.preposition) ", with: " \(direction.preposition) \(Kind.ec2SecurityGroup)/"),
        ]
        return candidates.first { StatedRule($0, direction) != nil }
    }
}
