import StrictJSON

/// The credentials of an IAM Identity Center role, requested with the token that `aws sso login` stored. The profile
/// has `sso_account_id` and `sso_role_name`, and `sso_session` or, in the older form, `sso_start_url`.
///
/// Tokens are not refreshed, because that would change the file that the AWS CLI maintains. Source: "IAM Identity
/// Center credential provider" in the AWS SDKs and Tools Reference Guide.
struct SingleSignOn: CredentialSource {
    private let profile: SharedConfig.Profile
    private let inputs: CredentialInputs

    init(profile: SharedConfig.Profile, _ inputs: CredentialInputs) {
        self.profile = profile
        self.inputs = inputs
    }

    var name: String { "" }
    var origin: String { "single sign-on of profile '\(profile.name)'" }

    func load() async throws(AWSError) -> LoadedCredentials? {
        guard profile.value("sso_account_id") != nil || profile.value("sso_role_name") != nil else { return nil }
        let settings = try SSOSettings(profile, in: inputs.config)
        let token = try SSOToken(settings, inputs)
        guard token.expiration > inputs.clock.now() else { throw loginNeeded("has expired") }
        let response: HTTPResponse
        do throws(AWSError) {
            response = try await CredentialService(transport: inputs.transport, clock: inputs.clock)
                .send(request(settings, token))
        } catch {
            throw error.asCredentialError("the SSO portal returned no credentials for profile '\(profile.name)'")
        }
        return try read(response, settings)
    }

    private func request(_ settings: SSOSettings, _ token: SSOToken) throws(AWSError) -> HTTPRequest {
        let endpoint = try inputs.endpoints.endpoint(
            named: "SSO", prefix: "portal.sso", region: settings.region)
        let role = PercentEncoding.encode(settings.roleName)
        let account = PercentEncoding.encode(settings.accountID)
        return HTTPRequest(
            url: endpoint.url(path: "\(endpoint.path)/federation/credentials?role_name=\(role)&account_id=\(account)"),
            headers: [HTTPHeader("x-amz-sso_bearer_token", token.text)], timeout: .seconds(20))
    }

    private func read(_ response: HTTPResponse, _ settings: SSOSettings) throws(AWSError) -> LoadedCredentials {
        switch response.status {
        case 200:
            let names = LoadedCredentials.Names(
                accessKeyID: "accessKeyId", secretAccessKey: "secretAccessKey", sessionToken: "sessionToken",
                expiration: "expiration")
            return try LoadedCredentials(response.json?["roleCredentials"], names, from: "the SSO portal")
        case 401: throw loginNeeded("is no longer accepted")
        case 403, 404:
            throw AWSError(
                reason: .credentials,
                message:
                    "the SSO portal returned no credentials for profile '\(profile.name)': it answers \(response.status): "
                    + "check sso_account_id '\(settings.accountID)' and sso_role_name '\(settings.roleName)'")
        default:
            throw AWSError(
                reason: response.status >= 500 || response.status == 429 ? .unavailable : .credentials,
                message:
                    "the SSO portal returned no credentials for profile '\(profile.name)': it answers \(response.status)"
            )
        }
    }

    private func loginNeeded(_ why: String) -> AWSError {
        AWSError(
            reason: .credentials,
            message: "the SSO token of profile '\(profile.name)' \(why): run 'aws sso login --profile \(profile.name)'")
    }
}
