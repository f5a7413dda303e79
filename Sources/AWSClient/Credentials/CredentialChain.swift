/// The places where credentials may be found, one after the other: the first that has some gives them.
struct CredentialChain: CredentialSource {
    let sources: [any CredentialSource]

    var name: String {
        sources.filter { !($0 is RefusedProfile) }.map(\.name).joined(separator: ", ")
    }

    func load() async throws(AWSError) -> LoadedCredentials? {
        for source in sources {
            if let found = try await source.load() { return found }
        }
        return nil
    }
}

extension CredentialChain: CredentialProvider {
    func credentials() async throws(AWSError) -> Credentials {
        if let found = try await load() { return found.credentials }
        let complaint = sources.lazy.compactMap(\.complaint).first
        throw AWSError(
            kind: .credentials,
            message: complaint
                ?? "no AWS credentials: there are none in \(name): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or "
                + "name a profile that has some")
    }
}
