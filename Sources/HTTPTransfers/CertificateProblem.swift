/// The reason that a server's certificate is not accepted.
public enum CertificateProblem: Sendable, Hashable {
    /// The certificate is no longer valid.
    case expired
    /// The certificate is not valid yet.
    case notYetValid
    /// The certificate is for another host.
    case otherHost
    /// The certificate is self-signed, or signed by an unknown authority.
    case unknownAuthority
    /// The file of certificate authorities cannot be read.
    case unreadableAuthorities
    /// Any other problem; the error's message describes it.
    case other

    /// Maps OpenSSL's result of the verification, which is 0 if it found nothing. libcurl compares host names itself
    /// before it requests the result, which is still 1 then.
    ///
    /// Source of the numbers: `X509_V_ERR_…` in the manual page `X509_STORE_CTX_get_error(3)`.
    init(verification: Int) {
        self =
            switch verification {
            case 0, 1, 62: .otherHost
            case 9: .notYetValid
            case 10: .expired
            case 2, 18, 19, 20, 21, 27: .unknownAuthority
            default: .other
            }
    }

    /// The problem in words, in front of libcurl's own.
    var text: String {
        switch self {
        case .expired: "the server's certificate has expired"
        case .notYetValid: "the server's certificate is not valid yet"
        case .otherHost: "the server's certificate is for another host"
        case .unknownAuthority: "the server's certificate is signed by an unknown authority"
        case .unreadableAuthorities: "the certificate authorities cannot be read"
        case .other: "the server's certificate cannot be verified"
        }
    }
}
