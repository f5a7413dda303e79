import StrictJSON

/// A role that a client assumes with its own credentials.
struct CallerRole: CredentialSource {
    let arn: String
    /// The client whose credentials assume the role.
    let client: AWSClient

    var name: String { "the role '\(arn)'" }

    func load() async throws(AWSError) -> LoadedCredentials? {
        do throws(AWSError) {
            let session = String(client.userAgent.prefix { $0 != "/" })
            let answer = try await client.call(
                AWSRequest(
                    service: "sts", operation: "AssumeRole",
                    parameters: ["RoleArn": .string(arn), "RoleSessionName": .string(session)]))
            return try LoadedCredentials(answer.value["Credentials"], from: "the answer")
        } catch { throw error.asCredentialError("role '\(arn)' cannot be assumed") }
    }
}

extension AWSClient {
    /// Returns this client with the credentials of a role, which it assumes at the first call and again before they
    /// expire. A call throws an `AWSError` if the role cannot be assumed.
    /// - Parameter role: The role's ARN.
    public func assuming(_ role: String) -> AWSClient {
        AWSClient(
            region: region,
            credentials: CredentialCache(
                CredentialChain(sources: [CallerRole(arn: role, client: self)]), clock: clock),
            endpoints: endpoints, transport: transport, retries: retries, clock: clock, userAgent: userAgent,
            logger: logger)
    }
}
