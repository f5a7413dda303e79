extension AWSError {
    /// This error of a call that was made to get credentials. That the call was denied or rejected does not mean that
    /// the request to be signed is.
    func asCredentialError(_ what: String) -> AWSError {
        switch reason {
        case .throttled, .unavailable, .certificate, .cancelled:
            AWSError(reason: reason, message: "\(what): \(description)")
        case .denied, .malformed, .credentials, .rejected, .invalid:
            AWSError(reason: .credentials, message: "\(what): \(description)")
        }
    }
}
