import StrictJSON

/// The credentials of a container's role: ECS and EKS name a local service that hands them out.
///
/// Source: "Container credential provider" in the AWS SDKs and Tools Reference Guide.
struct ContainerCredentials: CredentialSource {
    private static let timeout: Duration = .seconds(2)
    private let inputs: CredentialInputs

    init(_ inputs: CredentialInputs) { self.inputs = inputs }

    var name: String { "the container" }

    func load() async throws(AWSError) -> LoadedCredentials? {
        guard let address = try address() else { return nil }
        var headers = [HTTPHeader("Accept", "application/json")]
        if let token = try token() { headers.append(HTTPHeader("Authorization", token)) }
        let request = HTTPRequest(url: address, headers: headers, timeout: Self.timeout, isDirect: true)
        let response: HTTPResponse
        do throws(AWSError) {
            response = try await CredentialService(transport: inputs.transport, clock: inputs.clock).send(request)
        } catch { throw error.asCredentialError("the container returned no credentials") }
        guard response.status == 200 else {
            throw AWSError(
                reason: response.status >= 500 || response.status == 429 ? .unavailable : .credentials,
                message: "the container returned no credentials: it answers HTTP status \(response.status)")
        }
        return try LoadedCredentials(
            response.json, LoadedCredentials.Names(sessionToken: "Token"), from: "the container")
    }

    private func address() throws(AWSError) -> String? {
        if let path = inputs.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/") else {
                throw Self.failure("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with a slash")
            }
            return "http://169.254.170.2\(path)"
        }
        guard let url = inputs.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
        guard ServiceAddress(url)?.isTrusted == true else {
            throw Self.failure(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor an address of this machine or container")
        }
        return url
    }

    /// The value of the `Authorization` header. The file takes precedence, because it is refreshed.
    private func token() throws(AWSError) -> String? {
        guard let file = inputs.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
            return try plain(inputs.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"), "AWS_CONTAINER_AUTHORIZATION_TOKEN")
        }
        guard let bytes = try inputs.files.read(file) else {
            throw Self.failure("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE does not name a file")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let trimmed = text.last?.isNewline == true ? String(text.dropLast()) : text
        return try plain(trimmed, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    }

    private func plain(_ token: String?, _ variable: String) throws(AWSError) -> String? {
        guard token?.contains(where: \.isNewline) != true else {
            throw Self.failure("\(variable) has a line break in it")
        }
        return token
    }

    private static func failure(_ why: String) -> AWSError {
        AWSError(reason: .credentials, message: "the container returned no credentials: \(why)")
    }
}
