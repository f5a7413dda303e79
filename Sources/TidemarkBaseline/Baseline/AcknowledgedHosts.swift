import StrictYAML
import TidemarkKinds
import Yams

extension RuleReader {
    /// Parses a list of hosts that need not be followed, beside those of an extended file.
    func readNotFollowed(_ node: Node, into part: inout BaselinePart) {
        guard let items = node.sequence else {
            collector.add("'not-followed' must be a list of hosts, and this is \(node.noun)", at: node)
            return
        }
        var own: Set<String> = []
        for item in items {
            guard let host = host(item) else { continue }
            if !own.insert(host).inserted { collector.add("duplicate host '\(host)'", at: item) }
            part.notFollowed.removeAll { $0.host == host }
            part.notFollowed.append(AcknowledgedHost(host: host, position: collector.position(of: item)))
        }
    }

    private func host(_ item: Node) -> String? {
        let text = item.scalar?.string ?? ""
        guard let host = ServiceEndpoint.hosts(in: text).first else {
            let fault = item.scalar == nil ? item.noun : "'\(text.printable)'"
            collector.add(
                "'not-followed' takes hosts of AWS's databases, caches and brokers as 'record' lists them, and this is "
                    + fault, at: item)
            return nil
        }
        guard [host, "\(host)."].contains(text.lowercased()) else {
            collector.add("'not-followed' takes a host alone: write '\(host)'", at: item)
            return nil
        }
        return host
    }
}
