/// The keys that sign a request. Neither printing nor dumping them shows the secret parts.
public struct Credentials: Sendable, Hashable {
    public let accessKeyID: String
    public let secretAccessKey: String
    /// Only temporary credentials have one.
    public let sessionToken: String?

    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Credentials(\(accessKeyID))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}

/// Where credentials come from: the environment, a profile, an instance's role.
public protocol CredentialProvider: Sendable {
    /// The credentials to sign the next request with.
    /// - Throws: An `AWSError` of kind `credentials` that says what to do.
    func credentials() async throws(AWSError) -> Credentials
    /// Where those that were given last came from, for people: `the environment`.
    var origin: String { get async }
}

extension CredentialProvider {
    public var origin: String { "the program" }
}

extension Credentials: CredentialProvider {
    /// These credentials themselves, for a caller that has them already.
    public func credentials() async throws(AWSError) -> Credentials { self }
}
