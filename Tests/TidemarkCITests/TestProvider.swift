import HTTPTransfers
import Locking
import StrictJSON
import TidemarkTestSupport

@testable import Tidemark

/// GitHub: an endpoint that signs for any audience, and the issuer's documents.
final class TestProvider: Transport {
    static let defaultIssuer = TestIssuer()

    let issuer: TestIssuer
    let change: @Sendable (String) -> String
    let asked = Locked<[String]>([])

    init(_ issuer: TestIssuer = TestProvider.defaultIssuer, change: @escaping @Sendable (String) -> String = { $0 }) {
        (self.issuer, self.change) = (issuer, change)
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        asked.withLock { $0.append(request.url) }
        switch request.url {
        case "\(issuer.name)/.well-known/openid-configuration":
            return ok(["issuer": .string(issuer.name), "jwks_uri": .string("\(issuer.name)/.well-known/jwks")])
        case "\(issuer.name)/.well-known/jwks": return HTTPResponse(status: 200, body: issuer.keySet)
        default:
            let hasToken = request.headers.contains(HTTPHeader("Authorization", "bearer hunter2"))
            guard hasToken, let audience = request.url.split(separator: "audience=").last.map(String.init) else {
                return HTTPResponse(status: 401)
            }
            let token = issuer.token(
                audience: .string(audience.replacing("%3A", with: ":")), at: SigningTests.now,
                claims: SigningTests.claims)
            return ok(["value": .string(change(token))])
        }
    }

    private func ok(_ json: JSON) -> HTTPResponse { HTTPResponse(status: 200, body: json.canonicalBytes) }
}

extension EnvironmentObservation {
    static func of(_ facets: [FacetID: JSON?]) -> EnvironmentObservation {
        let time = Timestamp(millisecondsSince1970: 1_795_466_443_000)
        return EnvironmentObservation(
            started: time, finished: time, awsClock: ClockReading(time: time, elapsed: .zero),
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: "e-abc"),
            caller: "arn:aws:iam::123456789012:user/release-bot", facets: facets,
            coverage: Coverage(questions: [], gaps: []))
    }
}
