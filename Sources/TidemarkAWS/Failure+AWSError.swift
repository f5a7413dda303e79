import AWSClient
import StrictJSON
import Tidemark
import TidemarkKinds

extension Failure {
    /// The failure of an action because of an error of the client.
    /// - Parameter what: The action: `the environment cannot be determined`.
    init(_ error: AWSError, _ what: String) {
        let (code, remedy): (Code, Remedy?) =
            switch error.reason {
            case .credentials:
                (.unavailable, error.code == nil ? nil : "check the credentials and this machine's clock")
            case .denied: (.unavailable, "ask for the permission that is named")
            case .throttled: (.unavailable, "try again in a minute")
            case .unavailable: (.unavailable, "check the network, the proxy, the region and AWS_ENDPOINT_URL")
            case .certificate(let problem): (.unavailable, problem.remedy)
            case .malformed: (.unavailable, "check that AWS_ENDPOINT_URL names an AWS endpoint")
            case .rejected, .invalid, .cancelled: (.unavailable, nil)
            }
        self.init(code, what, why: RedactedText(error.description).text.printable, remedy: remedy)
    }
}

extension CertificateProblem {
    fileprivate var remedy: Remedy {
        switch self {
        case .expired: "check this machine's clock, and have the certificate renewed"
        case .notYetValid: "check this machine's clock"
        case .otherHost: "check that AWS_ENDPOINT_URL names the host as its certificate does"
        case .unknownAuthority: "check that AWS_CA_BUNDLE names a file with the authority that signed it"
        case .unreadableAuthorities: "check that AWS_CA_BUNDLE names a readable file of certificates"
        case .other: "check the server's certificate, and the authorities that AWS_CA_BUNDLE names"
        }
    }
}
