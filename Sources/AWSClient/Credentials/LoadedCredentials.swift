import StrictJSON

/// Credentials as their source gives them.
struct LoadedCredentials: Sendable, Hashable {
    let credentials: Credentials
    /// When AWS will no longer accept them; nil where that is not known.
    var expiration: UTCTime?
}

extension LoadedCredentials {
    /// What the members are called in which keys are given.
    struct Names {
        var accessKeyID = "AccessKeyId"
        var secretAccessKey = "SecretAccessKey"
        var sessionToken = "SessionToken"
        var expiration = "Expiration"
    }

    /// Credentials from JSON, as commands and services give them.
    ///
    /// - Parameter source: What to call the one who gave them.
    /// - Throws: An `AWSError` of kind `credentials` that names the member that is missing, and no value.
    init(_ json: JSON?, _ names: Names = Names(), from source: String) throws(AWSError) {
        func text(_ name: String) throws(AWSError) -> String {
            if let text = json?[name]?.string, !text.isEmpty { return text }
            throw AWSError(kind: .credentials, message: "\(source) gave no credentials: '\(name)' is missing")
        }
        let token = json?[names.sessionToken]?.string.flatMap { $0.isEmpty ? nil : $0 }
        credentials = Credentials(
            accessKeyID: try text(names.accessKeyID), secretAccessKey: try text(names.secretAccessKey),
            sessionToken: token)
        switch json?[names.expiration] {
        case nil, .null?: expiration = nil
        case .string(let text)?:
            guard let time = UTCTime(parsing: text) else {
                throw AWSError(kind: .credentials, message: "\(source) gave no time in '\(names.expiration)'")
            }
            expiration = time
        case let value?:
            // Milliseconds since 1970, as the SSO portal gives them.
            guard let time = value.integer else {
                throw AWSError(kind: .credentials, message: "\(source) gave no time in '\(names.expiration)'")
            }
            expiration = UTCTime(milliseconds: time)
        }
    }
}

extension AWSError {
    /// The same failure of a call that was made for the sake of credentials: that it was denied or refused there does
    /// not mean that what is asked with them is.
    func failing(_ what: String) -> AWSError {
        switch kind {
        case .throttled, .unavailable, .certificate, .cancelled:
            AWSError(kind: kind, message: "\(what): \(description)")
        case .denied, .malformed, .credentials, .rejected, .invalid:
            AWSError(kind: .credentials, message: "\(what): \(description)")
        }
    }
}
