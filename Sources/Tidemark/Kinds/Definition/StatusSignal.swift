/// What an answer says of the moment, not of the resource.
public enum StatusSignal: Sendable, Hashable {
    /// The environment was not at rest when it was looked at.
    case unsettled(String)
    /// The deployment that is there failed.
    case failed(String)
}
