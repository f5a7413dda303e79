/// The sources of credentials, in the order in which they are tried.
struct CredentialChain: Sendable {
    let sources: [any CredentialSource]

    /// Loads the credentials of the first source that has any.
    /// - Throws: `AWSError` with reason `credentials` that lists the sources, if none has any.
    func find() async throws(AWSError) -> (source: any CredentialSource, LoadedCredentials) {
        for source in sources {
            if let loaded = try await source.load() { return (source, loaded) }
        }
        throw noneFound
    }

    private var noneFound: AWSError {
        if let problem = sources.lazy.compactMap(\.problem).first {
            return AWSError(reason: .credentials, message: problem)
        }
        let names = sources.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
        return AWSError(
            reason: .credentials,
            message:
                "no AWS credentials in \(names): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                + "or name a profile that has some")
    }
}
