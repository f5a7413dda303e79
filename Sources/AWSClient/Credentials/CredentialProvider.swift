/// A provider of the credentials that sign requests.
public protocol CredentialProvider: Sendable {
    /// Returns the credentials for the next request.
    /// - Throws: `AWSError` with reason `credentials` that says what to do.
    func credentials() async throws(AWSError) -> Credentials
    /// The origin of the latest credentials, for people: `the environment`.
    var origin: String { get async }
}

extension CredentialProvider {
    /// `the program`, for a provider that does not name its origin.
    public var origin: String { "the program" }
}

extension Credentials: CredentialProvider {
    /// These credentials themselves; it never throws.
    public func credentials() async throws(AWSError) -> Credentials { self }
}
