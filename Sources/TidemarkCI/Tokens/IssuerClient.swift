import CivilTime
import HTTPTransfers
import SignedTokens
import StrictJSON

/// Sends requests to a CI provider: small, over verified TLS, and a few times at most.
struct IssuerClient: Sendable {
    let transport: any Transport
    let clock: ProgramClock

    private static let timeout = Duration.seconds(10)
    private static let attempts = 3
    /// Documents of issuers have a few thousand bytes.
    private static let largest = 1 << 20

    /// The key of an issuer that a token names, by the issuer's own configuration
    /// (<https://openid.net/specs/openid-connect-discovery-1_0.html>, section 4).
    /// - Parameter issuer: The address of an issuer that is trusted.
    func key(_ id: String, of issuer: String) async throws(IdentityProblem) -> JSONWebKey {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let configuration = try await read("\(base)/.well-known/openid-configuration", "the issuer's configuration")
        guard let json = try? JSON(parsing: configuration), json["issuer"]?.string == issuer,
            let address = json["jwks_uri"]?.string
        else { throw .noAnswer("the issuer's configuration is not that of '\(issuer)'") }
        let keys = JSONWebKeySet(try await read(address, "the issuer's set of keys"))
        guard let keys else { throw .noAnswer("the issuer's set of keys cannot be read") }
        guard let key = keys[id] else { throw .refused(.unknownKey(id)) }
        return key
    }

    /// The body of a document.
    /// - Parameters:
    ///   - name: What it is, for messages.
    ///   - authorization: The value of the header, which no message has.
    func read(
        _ url: String, _ name: String, authorization: String? = nil
    ) async throws(IdentityProblem) -> [UInt8] {
        guard url.hasPrefix("https://") else { throw .noAnswer("the address of \(name) is not https") }
        var headers = [HTTPHeader("Accept", "application/json")]
        if let authorization { headers.append(HTTPHeader("Authorization", authorization)) }
        let request = HTTPRequest(
            url: url, headers: headers, timeout: Self.timeout, maximumBodySize: Self.largest)
        var problem = IdentityProblem.noAnswer("\(name) cannot be read")
        for attempt in 1...Self.attempts {
            let isTransient: Bool
            do throws(TransportError) {
                let response = try await transport.send(request)
                if response.status == 200 { return response.body }
                problem = .noAnswer("\(name) cannot be read: the server answered \(response.status)")
                isTransient = response.status == 429 || response.status >= 500
            } catch {
                problem = .noAnswer("\(name) cannot be read: \(error.message)")
                isTransient = error.reason.isTransient
            }
            guard isTransient, attempt < Self.attempts, (try? await clock.sleep(.seconds(attempt))) != nil else {
                throw problem
            }
        }
        throw problem
    }
}
