extension AWSError.Reason {
    /// The reason that an AWS error code stands for, whatever the service.
    ///
    /// The throttling and transient codes are those of botocore's `retries/standard.py` and `retries/special.py`,
    /// without `LimitExceededException`, which most services use for quotas, where waiting does not help.
    /// - Parameter status: The HTTP status; AWS answers 5xx to a request that it could not serve.
    init(code: String, status: Int) {
        let code = code.hasPrefix("Client.") ? String(code.dropFirst("Client.".count)) : code
        self =
            if Self.throttling.contains(code) || status == 429 {
                .throttled
            } else if Self.denials.contains(code) {
                .denied
            } else if Self.credentialFailures.contains(code) {
                .credentials
            } else if status >= 500 || Self.transient.contains(code) {
                .unavailable
            } else {
                .rejected
            }
    }

    /// `403` is the code of an answer to `HEAD`, which has no body.
    private static let denials: Set = [
        "403", "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException",
        "InsufficientPrivilegesException", "NotAuthorized", "UnauthorizedAccess", "UnauthorizedOperation",
    ]

    private static let throttling: Set = [
        "BandwidthLimitExceeded", "EC2ThrottledException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    ]

    /// Codes that AWS returns with 4xx, although the same request may succeed a moment later.
    private static let transient: Set = ["IDPCommunicationError", "RequestTimeout", "RequestTimeoutException"]

    private static let credentialFailures: Set = [
        "AuthFailure", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "InvalidAccessKeyId",
        "InvalidClientTokenId", "InvalidSignatureException", "InvalidToken", "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException",
    ]
}
