import StrictJSON

/// The credentials of an EC2 instance's role, from version 2 of the instance metadata service. Version 1 is never used:
/// anything that can make the program fetch a URL could use it too.
///
/// Source: "IMDS credential provider" in the AWS SDKs and Tools Reference Guide.
struct InstanceCredentials: CredentialSource {
    private static let path = "/latest/meta-data/iam/security-credentials/"
    /// The lifetime of a token in seconds; it is used at once.
    private static let lifetime = "300"

    private let profile: SharedConfig.Profile
    private let inputs: CredentialInputs

    init(profile: SharedConfig.Profile, _ inputs: CredentialInputs) {
        self.profile = profile
        self.inputs = inputs
    }

    var name: String { isDisabled ? "" : "the instance's role" }
    private var isDisabled: Bool { inputs.environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" }

    /// Loads the credentials; nil if there is no metadata service, which is found out quickly, or no role.
    func load() async throws(AWSError) -> LoadedCredentials? {
        guard !isDisabled else { return nil }
        let base = try base()
        guard
            let token = try await ask(
                "PUT", base + "/latest/api/token",
                HTTPHeader("x-aws-ec2-metadata-token-ttl-seconds", Self.lifetime))?.text, !token.isEmpty
        else { return nil }
        let header = HTTPHeader("x-aws-ec2-metadata-token", token)
        guard let role = try await ask("GET", base + Self.path, header)?.text, !role.isEmpty else { return nil }
        guard let answer = try await ask("GET", base + Self.path + PercentEncoding.encode(role), header) else {
            return nil
        }
        return try read(answer.json)
    }

    private func read(_ json: JSON?) throws(AWSError) -> LoadedCredentials {
        if let code = json?["Code"]?.string, code != "Success" {
            throw AWSError(
                reason: .credentials, message: "the instance's role returned no credentials: \(Scrubber(nil)(code))")
        }
        return try LoadedCredentials(json, LoadedCredentials.Names(sessionToken: "Token"), from: "the instance's role")
    }

    /// The answer with status 200, or nil: most machines are not EC2 instances.
    private func ask(_ method: String, _ url: String, _ header: HTTPHeader) async throws(AWSError) -> HTTPResponse? {
        let request = HTTPRequest(method: method, url: url, headers: [header], timeout: timeout, isDirect: true)
        let service = CredentialService(transport: inputs.transport, clock: inputs.clock, attempts: attempts)
        do throws(AWSError) {
            let response = try await service.send(request)
            return response.status == 200 ? response : nil
        } catch {
            if error.reason == .cancelled { throw error }
            return nil
        }
    }

    private func base() throws(AWSError) -> String {
        let named = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT")
        let isIPv6 = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased() == "ipv6"
        let url = named ?? (isIPv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254")
        guard let endpoint = Endpoint(url: url, signingRegion: "") else {
            throw AWSError(
                reason: .credentials,
                message: "AWS_EC2_METADATA_SERVICE_ENDPOINT is not an http or https URL of a host: correct or unset it")
        }
        return endpoint.url(path: endpoint.path)
    }

    private var timeout: Duration {
        .seconds(setting("AWS_METADATA_SERVICE_TIMEOUT").flatMap { UInt16($0) }.map(Int.init) ?? 1)
    }

    private var attempts: Int {
        setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS").flatMap { UInt8($0) }.map(Int.init) ?? 1
    }

    /// The value of a variable, else of the profile's option of that name without `AWS_`.
    private func setting(_ variable: String) -> String? {
        inputs.variable(variable)
            ?? profile[variable.dropFirst("AWS_".count).lowercased()].flatMap { $0.isEmpty ? nil : $0 }
    }
}
