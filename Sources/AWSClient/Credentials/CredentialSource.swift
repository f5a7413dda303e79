/// One place where credentials may be found.
protocol CredentialSource: Sendable {
    /// What to call it where nothing was found, `the environment`; empty where the user did not mean it.
    var name: String { get }
    /// What to call it where something was found.
    var origin: String { get }
    /// Why nothing is to be had here, where that looks like a mistake.
    var complaint: String? { get }
    /// - Returns: Nil where there is nothing, so that the next place is looked at.
    /// - Throws: An `AWSError` of kind `credentials` where the user meant this place and it does not work.
    func load() async throws(AWSError) -> LoadedCredentials?
}

extension CredentialSource {
    var complaint: String? { nil }
    var origin: String { name }
}
