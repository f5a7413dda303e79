/// The places where credentials may be found, one after the other: the first that has some gives them.
struct CredentialChain: Sendable {
    let sources: [any CredentialSource]

    /// - Throws: An `AWSError` of kind `credentials` that says where there are none, if none has any.
    func find() async throws(AWSError) -> (source: any CredentialSource, LoadedCredentials) {
        for source in sources {
            if let found = try await source.load() { return (source, found) }
        }
        throw nothing
    }

    private var nothing: AWSError {
        if let complaint = sources.lazy.compactMap(\.complaint).first {
            return AWSError(kind: .credentials, message: complaint)
        }
        let places = sources.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
        return AWSError(
            kind: .credentials,
            message:
                "no AWS credentials: there are none in \(places): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                + "or name a profile that has some")
    }
}
