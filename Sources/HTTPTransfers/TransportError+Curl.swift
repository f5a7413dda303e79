import CCurl

extension TransportError {
    /// Maps a failed transfer.
    /// - Parameters:
    ///   - detail: libcurl's description of this transfer, or an empty text.
    ///   - verification: OpenSSL's result of verifying the server's certificate.
    init(_ code: CURLcode, detail: String, verification: Int) {
        let text = detail.isEmpty ? String(cString: libcurl_easy_strerror(code)) : detail
        switch Reason(code, verification: verification) {
        case .certificate(let problem): self.init(.certificate(problem), "\(problem.text) (\(text))")
        // OpenSSL's text does not say what it is about.
        case let reason where code == CURLE_SSL_CONNECT_ERROR: self.init(reason, "no TLS connection: \(text)")
        case let reason: self.init(reason, text)
        }
    }
}

extension TransportError.Reason {
    fileprivate init(_ code: CURLcode, verification: Int) {
        self =
            switch code {
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_PEER_FAILED_VERIFICATION: .certificate(CertificateProblem(verification: verification))
            case CURLE_SSL_CACERT_BADFILE: .certificate(.unreadableAuthorities)
            case CURLE_SSL_CERTPROBLEM, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE: .certificate(.other)
            case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM:
                .truncated
            case CURLE_FILESIZE_EXCEEDED: .tooLarge
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .invalid
            default: .connection
            }
    }
}
