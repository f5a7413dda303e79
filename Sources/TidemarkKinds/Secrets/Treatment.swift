/// The treatment of a value that may be secret before it is stored.
public enum Treatment: Sendable, Hashable {
    /// Kept, without the secrets that any text may contain.
    case plain
    /// Redacted whole.
    case secret
    /// A URL: its secret parts are redacted. A text that is not a well-formed URL is redacted whole.
    case url
    /// As `url`, for one that AWS signs anew each time: its secret parts have no fingerprint.
    case presignedURL
    /// A path to request: its secret parts are redacted. A text that is not a path is redacted whole.
    case path
}
