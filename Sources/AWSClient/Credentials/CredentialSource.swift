/// A source of credentials.
protocol CredentialSource: Sendable {
    /// The source's name in the list of those without credentials: `the environment`; empty if the user did not
    /// configure it.
    var name: String { get }
    /// The source's name for the credentials that it gave.
    var origin: String { get }
    /// The likely mistake in a source that has no credentials.
    var problem: String? { get }
    /// Loads the credentials.
    /// - Returns: Nil if there are none, so that the next source is tried.
    /// - Throws: `AWSError` with reason `credentials` if the user configured this source and it does not work.
    func load() async throws(AWSError) -> LoadedCredentials?
}

extension CredentialSource {
    var problem: String? { nil }
    var origin: String { name }
}
