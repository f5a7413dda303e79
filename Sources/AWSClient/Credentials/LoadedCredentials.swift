import StrictJSON

/// Credentials with their expiration, as their source gives them.
struct LoadedCredentials: Sendable, Hashable {
    let credentials: Credentials
    /// The time from which AWS rejects them; nil if unknown.
    var expiration: UTCTime?
}

extension LoadedCredentials {
    /// The names of the members of a JSON object with keys.
    struct Names {
        var accessKeyID = "AccessKeyId"
        var secretAccessKey = "SecretAccessKey"
        var sessionToken = "SessionToken"
        var expiration = "Expiration"
    }

    /// Reads the JSON of a command or a service.
    ///
    /// - Parameter source: The name of the command or service for errors.
    /// - Throws: `AWSError` with reason `credentials` that names the missing member, and no value.
    init(_ json: JSON?, _ names: Names = Names(), from source: String) throws(AWSError) {
        func text(_ name: String) throws(AWSError) -> String {
            if let text = json?[name]?.string, !text.isEmpty { return text }
            throw AWSError(reason: .credentials, message: "\(source) returned no credentials: '\(name)' is missing")
        }
        let token = json?[names.sessionToken]?.string.flatMap { $0.isEmpty ? nil : $0 }
        credentials = Credentials(
            accessKeyID: try text(names.accessKeyID), secretAccessKey: try text(names.secretAccessKey),
            sessionToken: token)
        switch json?[names.expiration] {
        case nil, .null?: expiration = nil
        case .string(let text)?:
            guard let time = UTCTime(parsing: text) else {
                throw AWSError(reason: .credentials, message: "\(source) returned no time in '\(names.expiration)'")
            }
            expiration = time
        case let value?:
            // The SSO portal gives milliseconds since 1970.
            guard let time = value.integer else {
                throw AWSError(reason: .credentials, message: "\(source) returned no time in '\(names.expiration)'")
            }
            expiration = UTCTime(milliseconds: time)
        }
    }
}
