import StrictJSON

/// One run of a CI system, as its variables claim it.
public struct CIRun: Sendable, Hashable {
    /// The CI system: `github`, `gitlab`, `buildkite`, `circleci` or `jenkins`.
    public let system: String
    /// The run's id there.
    public let id: String
    /// The attempt at the run, if the system counts them: `2` for the first repetition.
    public let attempt: String?

    /// Creates a run.
    public init(system: String, id: String, attempt: String? = nil) {
        self.system = system
        self.id = id
        self.attempt = attempt
    }

    package var json: JSON {
        var members: JSONObject = ["system": .string(system), "id": .string(id)]
        members["attempt"] = attempt.map(JSON.string)
        return .object(members)
    }

    init?(json: JSON) {
        guard let system = json["system"]?.string, let id = json["id"]?.string else { return nil }
        self.init(system: system, id: id, attempt: json["attempt"]?.string)
    }
}
