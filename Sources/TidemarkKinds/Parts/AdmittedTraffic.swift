/// Traffic that a rule admits from some addresses, or to them.
struct AdmittedTraffic: Hashable, Sendable {
    let traffic: Traffic
    let addresses: AddressSet

    func contains(_ other: AdmittedTraffic) -> Bool {
        traffic.contains(other.traffic) && other.addresses.isSubset(of: addresses)
    }

    /// The common part; nil if there is none.
    func intersection(_ other: AdmittedTraffic) -> AdmittedTraffic? {
        guard let traffic = traffic.intersection(other.traffic) else { return nil }
        let addresses = addresses.intersection(other.addresses)
        return addresses.isEmpty ? nil : AdmittedTraffic(traffic: traffic, addresses: addresses)
    }
}

extension [AdmittedTraffic] {
    /// Whether they contain some traffic together. Traffic of all protocols is contained by rules of all protocols alone.
    func contain(_ other: AdmittedTraffic) -> Bool {
        RangeSet(other.traffic.ports).isSubset(of: ports(of: other.traffic.protocolName, openTo: other.addresses))
    }

    /// The ports of a protocol, or of all, that are open to each of some addresses.
    func ports(of protocolName: String?, openTo addresses: AddressSet) -> RangeSet<Int> {
        let relevant = filter { $0.traffic.protocolName == nil || $0.traffic.protocolName == protocolName }
        let bounds = Set(relevant.flatMap { [$0.traffic.ports.lowerBound, $0.traffic.ports.upperBound] }).sorted()
        // All ports between two bounds are open to the same addresses.
        let open = zip(bounds, bounds.dropFirst()).filter { first, _ in
            let admitted = relevant.filter { $0.traffic.ports.contains(first) }
                .reduce(into: AddressSet()) { $0.formUnion($1.addresses) }
            return addresses.isSubset(of: admitted)
        }
        return RangeSet(open.map { $0..<$1 })
    }

    /// The places of those that admit some traffic: each that contains it; and if the others contain it together, each of
    /// them but those whose part of it another one contains.
    func indices(admitting stated: AdmittedTraffic) -> [Int] {
        let parts = indices.compactMap { index in self[index].intersection(stated).map { (index: index, part: $0) } }
        let alone = parts.filter { $0.part == stated }
        let others = parts.filter { $0.part != stated }
        guard others.map(\.part).contain(stated) else { return alone.map(\.index) }
        let needed = others.filter { one in
            !others.contains { $0.part != one.part && $0.part.contains(one.part) }
        }
        return (alone + needed).map(\.index)
    }

    /// The traffic that is open to the whole internet, of version 4 or 6: by protocol, then by port.
    var trafficOpenToWorld: [Traffic] {
        let names = Set(map(\.traffic.protocolName))
        let open = names.map { name in
            (name, AddressSet.internet.reduce(into: RangeSet()) { $0.formUnion(ports(of: name, openTo: $1)) })
        }
        if open.contains(where: { $0.0 == nil && !$0.1.isEmpty }) { return [.all] }
        return open.sorted { ($0.0 ?? "") < ($1.0 ?? "") }.flatMap { name, ports in
            ports.ranges.flatMap { Traffic(name, $0).parts }
        }
    }
}
