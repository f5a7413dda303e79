/// One place where credentials may be found.
protocol CredentialSource: Sendable {
    /// What to call it where nothing was found: `the environment`.
    var name: String { get }
    /// Why nothing is to be had here, where that looks like a mistake.
    var complaint: String? { get }
    /// - Returns: Nil where there is nothing, so that the next place is looked at.
    /// - Throws: An `AWSError` of kind `credentials` where the user meant this place and it does not work.
    func load() async throws(AWSError) -> LoadedCredentials?
}

extension CredentialSource {
    var complaint: String? { nil }
}

/// Credentials as their source gives them.
struct LoadedCredentials: Sendable, Hashable {
    let credentials: Credentials
    /// When AWS will no longer accept them; nil where that is not known.
    var expiration: UTCTime?
}
