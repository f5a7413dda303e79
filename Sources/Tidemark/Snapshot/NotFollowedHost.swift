import StrictJSON

/// A host of an AWS service that an environment names, and at which no resource is observed: its kind is unknown, it is in
/// another region or account, or it was deleted.
public struct NotFollowedHost: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The host in lower case.
    public let host: String
    /// The service by AWS's name: `rds`.
    public let service: String
    /// What has such a host, for people: `DB cluster`.
    public let what: String

    package init(host: String, service: String, what: String) {
        self.host = host
        self.service = service
        self.what = what
    }

    /// The host, and what has it: `antenna.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com (DB cluster)`.
    public var description: String { "\(host.printable) (\(what.printable))" }

    /// The element of the facet `not-followed`: `{"host": …, "service": …, "what": …}`.
    package var json: JSON { ["host": .string(host), "service": .string(service), "what": .string(what)] }

    private init?(json: JSON) {
        guard let host = json["host"]?.string, let service = json["service"]?.string, let what = json["what"]?.string
        else { return nil }
        self.init(host: host, service: service, what: what)
    }

    /// The hosts that the content of the facet `not-followed` lists.
    package static func all(in content: JSON) -> [NotFollowedHost] { content.array?.compactMap(Self.init) ?? [] }

    /// The order of the hosts' UTF-8 bytes.
    public static func < (left: NotFollowedHost, right: NotFollowedHost) -> Bool {
        left.host.precedesByUTF8(right.host)
    }
}

extension EnvironmentObservation {
    /// Whether every question was answered and every host was followed.
    public var isComplete: Bool { coverage.gaps.isEmpty && notFollowedHosts?.isEmpty != false }

    /// The hosts that the walk did not follow, sorted; nil if an answer that may name one is missing.
    public var notFollowedHosts: [NotFollowedHost]? {
        facets.first { $0.key.name == Snapshot.notFollowed }?.value.map(NotFollowedHost.all)
    }
}
