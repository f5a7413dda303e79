import StrictJSON

/// What AWS answered about a resource, with its secrets: for the eyes of the walk alone.
public struct Answer: Sendable {
    /// Of a question that is asked once per inputs: the list of all answers, in the order of `inputs`.
    public let value: JSON
    /// The resource that was asked about.
    public let identity: String
    public let place: AccountRegion
    /// With what it was asked, each time.
    public let inputs: [QuestionInputs]
    /// The bytes of an object that was asked for once; they are no part of the value.
    public let payload: [UInt8]

    public init(
        _ value: JSON, identity: String, place: AccountRegion, inputs: [QuestionInputs] = [], payload: [UInt8] = []
    ) {
        self.value = value
        self.identity = identity
        self.place = place
        self.inputs = inputs
        self.payload = payload
    }

    /// The answers of a question that is asked once per inputs, each with its own inputs.
    public var each: [Answer] {
        zip(value.array ?? [], inputs).map { Answer($0, identity: identity, place: place, inputs: [$1]) }
    }
}

/// Where in AWS a walk takes place.
public struct AccountRegion: Sendable, Hashable {
    public let partition: String
    public let account: String
    public let region: String

    public init(partition: String, account: String, region: String) {
        self.partition = partition
        self.account = account
        self.region = region
    }
}

/// Why an answer does not say what was asked, in one clause that tells no secret.
public struct UnreadableAnswer: Error, Sendable, Hashable {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}

/// What an answer says of the moment, not of the resource.
public enum StatusSignal: Sendable, Hashable {
    /// The environment was not at rest when it was looked at.
    case unsettled(String)
    /// The deployment that is there failed.
    case failed(String)
}
