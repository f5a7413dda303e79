/// The keys that sign a request. Printing or dumping them never shows the secret parts.
public struct Credentials: Sendable, Hashable {
    /// The access key's id, which is not secret: `AKIA…`.
    public let accessKeyID: String
    /// The secret access key.
    public let secretAccessKey: String
    /// The token of temporary credentials; nil for long-lived ones.
    public let sessionToken: String?

    /// Creates credentials; temporary ones need their session token.
    public init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id of the access key alone: `Credentials(AKIA…)`.
    public var description: String { "Credentials(\(accessKeyID))" }
    /// The same text as `description`.
    public var debugDescription: String { description }
    /// The id of the access key alone, so that dumping the credentials reveals nothing.
    public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
