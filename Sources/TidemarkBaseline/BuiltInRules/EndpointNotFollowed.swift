import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// A host that a baseline acknowledges as not followed.
package struct AcknowledgedHost: Sendable {
    let host: String
    let position: Position
}

extension BuiltInRule {
    /// Every host of an AWS service that the environment names leads to a resource, or the baseline acknowledges the host.
    static let endpointNotFollowed = BuiltInRule(
        name: "endpoint.not-followed", why: "Tidemark does not observe the resource at this host",
        isStrict: true, attribute: { _ in Snapshot.notFollowed }
    ) { evaluator in
        guard let environment = evaluator.environment else { return [] }
        switch evaluator.snapshot.notFollowed {
        case .seen(let content):
            let hosts = NotFollowedHost.all(in: content)
            let unmatched = evaluator.baseline.notFollowed.filter { one in !hosts.contains { $0.host == one.host } }
            return hosts.filter { !evaluator.acknowledges($0) }.map { evaluator.violation($0, of: environment) }
                + unmatched.map { Violation(unmatched: $0, of: environment) }
        case .absent: return [Violation(resource: environment, status: .unseen(.hostsNotListed), followsFromGap: true)]
        case .unseen(let unseen, _):
            return [Violation(resource: environment, status: .unseen(unseen), followsFromGap: true)]
        }
    }
}

extension BaselineEvaluator {
    /// A finding that no resource of a kind was found, with the hosts of its service that are neither followed nor acknowledged.
    func namingHosts(_ finding: Finding, of kind: Kind) -> Finding {
        guard snapshot.kinds.kindsAtEndpoints.contains(kind) else { return finding }
        let hosts = snapshot.notFollowedHosts.filter { kind.isOf(service: $0.service) && !acknowledges($0) }
        var finding = finding
        let notes = [finding.note].compactMap(\.self) + hosts.map { "\($0) is not followed" }
        finding.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
        return finding
    }

    /// A host is a warning if the baseline expects resources of its service.
    fileprivate func violation(_ host: NotFollowedHost, of environment: ResourceID) -> BuiltInRule.Violation {
        let isOfExpectedService = baseline.expectations.contains { $0.kind.isOf(service: host.service) }
        return BuiltInRule.Violation(
            resource: environment, status: .unseen(.notFollowed(host)),
            element: FindingElement(.unexpected, .string(host.host)),
            severity: isOfExpectedService ? .warning : .note)
    }

    fileprivate func acknowledges(_ host: NotFollowedHost) -> Bool {
        baseline.notFollowed.contains { $0.host == host.host }
    }
}

extension BuiltInRule.Violation {
    fileprivate init(unmatched acknowledged: AcknowledgedHost, of environment: ResourceID) {
        let host = acknowledged.host
        self.init(
            resource: environment, status: .drifted(.missing(expected: .scalar(ExpectedScalar(host)))),
            sentence:
                "'\(host)' is under 'not-followed', and the environment no longer names it, or it is followed: remove it",
            element: FindingElement(.missing, .string(host)), isRemark: true)
    }
}

extension Kind {
    fileprivate func isOf(service: String) -> Bool { rawValue.hasPrefix("\(service).") }
}

extension Unseen {
    fileprivate static let hostsNotListed = Unseen(
        reason: "an older version recorded the snapshot, without the hosts that are not followed",
        remedy: "record a new snapshot")

    fileprivate static func notFollowed(_ host: NotFollowedHost) -> Unseen {
        Unseen(
            reason: "\(host) is not followed",
            remedy: "list the host under 'not-followed' of the baseline if it need not be observed")
    }
}
