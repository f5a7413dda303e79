import StrictJSON

/// What one address answered when a release was recorded. Nothing of the answer's body is kept.
public struct ProbeResult: Sendable, Hashable {
    /// The user's name for the probe: `api`.
    public let name: String
    /// The address that was asked.
    public let url: String
    /// The status of the answer; nil if there was none.
    public let status: Int?
    /// How long the answer took, in milliseconds.
    public let milliseconds: Int64
    /// Why the probe failed; nil if it passed.
    public let failure: String?

    /// Creates a result.
    public init(name: String, url: String, status: Int?, milliseconds: Int64, failure: String? = nil) {
        self.name = name
        self.url = url
        self.status = status
        self.milliseconds = milliseconds
        self.failure = failure
    }

    package var json: JSON {
        var members: JSONObject = [
            "name": .string(name), "url": .string(url), "milliseconds": .init(milliseconds),
        ]
        members["status"] = status.map { .init($0) }
        members["failure"] = failure.map(JSON.string)
        return .object(members)
    }

    init?(json: JSON) {
        guard let name = json["name"]?.string, let url = json["url"]?.string,
            let milliseconds = json["milliseconds"]?.integer
        else { return nil }
        self.init(
            name: name, url: url, status: json["status"]?.integer.map { Int($0) }, milliseconds: milliseconds,
            failure: json["failure"]?.string)
    }
}
