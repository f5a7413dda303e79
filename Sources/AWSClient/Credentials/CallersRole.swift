import StrictJSON

/// A role that the caller assumes, whoever the caller is.
struct CallersRole: CredentialSource {
    let arn: String
    /// Asks as the caller.
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
        } catch { throw error.failing("role '\(arn)' cannot be assumed") }
    }
}

extension AWSClient {
    /// The same client, but asking as a role that it assumes first and again before its credentials end.
    /// - Parameter role: Its ARN.
    public func assuming(_ role: String) -> AWSClient {
        AWSClient(
            region: region,
            credentials: SharedCredentials(
                CredentialChain(sources: [CallersRole(arn: role, client: self)]), clock: clock),
            endpoints: endpoints, transport: transport, retries: retries, clock: clock, userAgent: userAgent,
            logger: logger)
    }
}
