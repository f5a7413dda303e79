import CivilTime
import FoundationEssentials
import HTTPTransfers
import Tidemark

/// Asks the addresses of probes, each once and in parallel.
///
/// A redirect is followed on the same host, and never from https to http. Certificates are verified, no proxy is used, and the body is
/// not kept.
public struct Prober: Sendable {
    private let transport: any Transport
    private let allowsLocalAddresses: Bool
    private let clock: ProgramClock

    private static let timeout = Duration.seconds(10)
    private static let largestBody = 1 << 20
    private static let maximumRedirects = 3

    /// - Parameter allowsLocalAddresses: Whether an address of this machine or its link may be asked. There are services that trust
    ///   whoever reaches them, such as the metadata of an EC2 instance.
    public init(transport: any Transport, allowsLocalAddresses: Bool = false, clock: ProgramClock = .system) {
        self.transport = transport
        self.allowsLocalAddresses = allowsLocalAddresses
        self.clock = clock
    }

    /// Asks each address.
    /// - Returns: The results, in the order of the probes. A failed one is a result too.
    /// - Throws: `CancellationError`.
    public func ask(_ probes: [Probe]) async throws -> [ProbeResult] {
        let results = await withTaskGroup(of: (Int, ProbeResult).self) { group in
            for (index, probe) in probes.enumerated() { group.addTask { (index, await ask(probe)) } }
            return await group.reduce(into: [Int: ProbeResult]()) { $0[$1.0] = $1.1 }
        }
        try Task.checkCancellation()
        return probes.indices.compactMap { results[$0] }
    }

    private func ask(_ probe: Probe) async -> ProbeResult {
        let start = clock.elapsed()
        let (status, failure) = await answer(probe.url)
        return ProbeResult(
            name: probe.name, url: probe.url, status: status,
            milliseconds: Int64((clock.elapsed() - start) / .milliseconds(1)), failure: failure)
    }

    /// The status of the last answer, and why the probe failed.
    private func answer(_ address: String) async -> (status: Int?, failure: String?) {
        var address = address
        for _ in 0...Self.maximumRedirects {
            let request = HTTPRequest(
                url: address, timeout: Self.timeout, isDirect: true, refusesLocalAddresses: !allowsLocalAddresses,
                maximumBodySize: Self.largestBody)
            let response: HTTPResponse
            do throws(TransportError) {
                response = try await transport.send(request)
            } catch {
                return (nil, error.message)
            }
            let status = response.status
            guard [301, 302, 303, 307, 308].contains(status) else {
                return (status, 200...299 ~= status ? nil : "the server answered \(status)")
            }
            guard let next = response.header("Location").flatMap({ target(of: $0, from: address) }) else {
                return (status, "the server redirected to another host, or from https to http")
            }
            address = next
        }
        return (nil, "the server redirected more than \(Self.maximumRedirects) times")
    }

    /// The address that a redirect names; nil if it is not one that is followed.
    private func target(of location: String, from address: String) -> String? {
        guard let source = URL(probing: address),
            let target = URL(string: location, relativeTo: source)?.absoluteURL,
            let checked = URL(probing: target.absoluteString),
            checked.host()?.lowercased() == source.host()?.lowercased(),
            checked.scheme == source.scheme || checked.scheme == "https"
        else { return nil }
        return checked.absoluteString
    }
}
