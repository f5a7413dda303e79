import MessageDigests

/// Signs HTTP requests with AWS Signature Version 4, in the `Authorization` header.
///
/// It can be used alone: it takes a request and returns the headers to add. Source: "Create a signed AWS API request"
/// in the IAM User Guide.
struct Signer: Sendable {
    /// The rule by which a path becomes the canonical URI.
    enum PathRule: Sendable, Hashable {
        /// The path is normalised (RFC 3986 section 6) and encoded again, for every service but S3.
        case normalized
        /// The path is signed as it is sent, for S3, where `a//b` and `a/../b` are object keys.
        case verbatim
    }

    let credentials: Credentials
    let service: String
    let region: String
    var pathRule: PathRule
    /// Whether the body's hash is sent as the header `x-amz-content-sha256`, which S3 requires.
    var sendsBodyHash: Bool

    init(
        credentials: Credentials, service: String, region: String, pathRule: PathRule = .normalized,
        sendsBodyHash: Bool = false
    ) {
        self.credentials = credentials
        self.service = service
        self.region = region
        self.pathRule = pathRule
        self.sendsBodyHash = sendsBodyHash
    }

    /// The steps and the result of signing.
    struct Signature: Sendable, Hashable {
        let canonicalRequest: String
        let stringToSign: String
        /// The signature: 64 hexadecimal digits.
        let hexadecimal: String
        /// The headers to add to the request, `Authorization` among them.
        let headers: [HTTPHeader]
    }

    /// Signs a request, which must have a `Host` header. Every header of it is signed.
    func sign(_ request: SignableRequest, at time: UTCTime) -> Signature {
        let bodyHash = Hexadecimal.encode(SHA256.hash(request.body))
        var added = [HTTPHeader("X-Amz-Date", time.basic)]
        if sendsBodyHash { added.append(HTTPHeader("x-amz-content-sha256", bodyHash)) }
        if let token = credentials.sessionToken { added.append(HTTPHeader("X-Amz-Security-Token", token)) }

        let canonical = CanonicalRequest(request, adding: added, bodyHash: bodyHash, pathRule: pathRule)
        let scope = "\(time.basic.prefix(8))/\(region)/\(service)/aws4_request"
        let stringToSign = """
            AWS4-HMAC-SHA256
            \(time.basic)
            \(scope)
            \(Hexadecimal.encode(SHA256.hash(canonical.text.utf8)))
            """
        let signature = Hexadecimal.encode(HMACSHA256.code(stringToSign.utf8, key: signingKey(scope)))
        let authorization =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
            + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
        return Signature(
            canonicalRequest: canonical.text, stringToSign: stringToSign, hexadecimal: signature,
            headers: added + [HTTPHeader("Authorization", authorization)])
    }

    /// The key for a scope: HMAC over its parts in turn, starting with the secret key.
    private func signingKey(_ scope: String) -> [UInt8] {
        scope.split(separator: "/", omittingEmptySubsequences: false).reduce(
            Array("AWS4\(credentials.secretAccessKey)".utf8)
        ) { HMACSHA256.code($1.utf8, key: $0) }
    }
}
