import MessageDigests
import StrictJSON

/// The token that `aws sso login` stored in `~/.aws/sso/cache`.
struct SSOToken: Sendable {
    let text: String
    let expiration: UTCTime

    init(_ settings: SSOSettings, _ inputs: CredentialInputs) throws(AWSError) {
        let name = Hexadecimal.encode(SHA1.hash((settings.session ?? settings.startURL).utf8))
        let path = PathExpansion(variables: inputs.environment, files: inputs.files)("~/.aws/sso/cache/\(name).json")
        let remedy = "run 'aws sso login --profile \(settings.profile)'"
        guard let bytes = try inputs.files.read(path) else {
            throw AWSError(
                reason: .credentials, message: "there is no SSO token for profile '\(settings.profile)': \(remedy)")
        }
        guard let json = try? JSON(parsing: bytes), let text = json["accessToken"]?.string, !text.isEmpty,
            let expiration = json["expiresAt"]?.string.flatMap(Self.time)
        else {
            throw AWSError(reason: .credentials, message: "'\(path)' is not a token file of 'aws sso login': \(remedy)")
        }
        (self.text, self.expiration) = (text, expiration)
    }

    /// Parses a time; older versions of the AWS CLI end it with `UTC`.
    private static func time(_ text: String) -> UTCTime? {
        UTCTime(parsing: text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text)
    }
}
