import MessageDigests

/// Signs HTTP requests with AWS Signature Version 4, in the `Authorization` header.
///
/// It stands alone: a request goes in, the headers to add come out. Source: "Create a signed AWS API request" in the
/// IAM User Guide.
public struct Signer: Sendable {
    /// How a path becomes the canonical URI.
    public enum PathRule: Sendable, Hashable {
        /// All services but S3: the path is normalised (RFC 3986 section 6) and encoded again.
        case normalized
        /// Encoded again, but with its dots and double slashes.
        case unnormalized
        /// S3, where `a//b` and `a/../b` are keys: the path as it is sent.
        case verbatim
    }

    public let credentials: Credentials
    public let service: String
    public let region: String
    public var pathRule: PathRule
    /// Whether the body's hash goes into a header of its own, `x-amz-content-sha256`, as S3 wants it.
    public var sendsBodyHash: Bool
    /// Whether the session token is part of what is signed; a few services want it added afterwards.
    public var signsSessionToken: Bool

    public init(
        credentials: Credentials, service: String, region: String, pathRule: PathRule = .normalized,
        sendsBodyHash: Bool = false, signsSessionToken: Bool = true
    ) {
        self.credentials = credentials
        self.service = service
        self.region = region
        self.pathRule = pathRule
        self.sendsBodyHash = sendsBodyHash
        self.signsSessionToken = signsSessionToken
    }

    /// What is signed, in the steps of the specification.
    public struct Signature: Sendable, Hashable {
        public let canonicalRequest: String
        public let stringToSign: String
        /// 64 hexadecimal digits.
        public let hexadecimal: String
        /// The headers to add to the request, `Authorization` among them.
        public let headers: [HTTPHeader]
    }

    /// Signs `request`, which must carry a `Host` header; every header that it has is signed.
    public func sign(_ request: SignableRequest, at time: UTCTime) -> Signature {
        let bodyHash = Hexadecimal.encode(SHA256.hash(request.body))
        var added = [HTTPHeader("X-Amz-Date", time.basic)]
        if sendsBodyHash { added.append(HTTPHeader("x-amz-content-sha256", bodyHash)) }
        let token = credentials.sessionToken.map { HTTPHeader("X-Amz-Security-Token", $0) }
        if signsSessionToken, let token { added.append(token) }

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
        if !signsSessionToken, let token { added.append(token) }
        return Signature(
            canonicalRequest: canonical.text, stringToSign: stringToSign, hexadecimal: signature,
            headers: added + [HTTPHeader("Authorization", authorization)])
    }

    /// HMAC over the parts of the scope, one after the other, beginning with the secret key.
    private func signingKey(_ scope: String) -> [UInt8] {
        scope.split(separator: "/", omittingEmptySubsequences: false).reduce(
            Array("AWS4\(credentials.secretAccessKey)".utf8)
        ) { HMACSHA256.code($1.utf8, key: $0) }
    }
}

/// The parts of an HTTP request that a signature covers.
public struct SignableRequest: Sendable, Hashable {
    public var method: String
    /// The path as it is sent, percent-encoded.
    public var path: String
    /// The query as it is sent, percent-encoded, without the question mark.
    public var query: String
    public var headers: [HTTPHeader]
    public var body: [UInt8]

    public init(method: String, path: String, query: String = "", headers: [HTTPHeader], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}
