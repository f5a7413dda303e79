import StrictJSON

/// A release with what its recorder claims about it, and what shows who the recorder was.
public struct Release: Sendable, Hashable {
    /// The release's name, such as the image tag: `v10`.
    public let label: String
    /// Who deployed it, as claimed; the log's header has the caller, attested by AWS.
    public let by: String?
    /// The deployed commit.
    public let commit: String?
    /// The URL of the CI run.
    public let url: String?
    /// A comment.
    public let note: String?
    /// The ticket that asked for the deploy.
    public let ticket: String?
    /// The pull request that was deployed.
    public let pullRequest: String?
    /// The CI run that recorded it.
    public let run: CIRun?
    /// Where claims come from that no option gave, by their names: `commit` from `GITHUB_SHA`, or from `git`.
    public let sources: [String: String]
    /// What the addresses of probes answered, after the deployment.
    public internal(set) var probes: [ProbeResult] = []
    /// What shows who recorded it; nil if the recorder could not ask.
    public internal(set) var identity: ReleaseIdentity?

    /// The longest text, in characters.
    public static let maximumLength = 2000

    /// Validates a release.
    /// - Throws: `Failure` with the code `invalid` for a label that reads as a moment, for a URL with a password, and for a text
    ///   that is blank, too long or has control characters.
    public init(
        label: String, by: String? = nil, commit: String? = nil, url: String? = nil, note: String? = nil,
        ticket: String? = nil, pullRequest: String? = nil, run: CIRun? = nil, sources: [String: String] = [:]
    ) throws(Failure) {
        let texts = [
            ("label", label), ("by", by), ("commit", commit), ("url", url), ("note", note), ("ticket", ticket),
            ("pr", pullRequest),
        ]
        for (name, text) in texts {
            guard let why = text.flatMap({ Self.obstacle(in: $0, mayHaveLines: name == "note") }) else { continue }
            throw Failure(
                .invalid, "the release's \(name) cannot be recorded", why: why, remedy: "pass a plain text or none")
        }
        if let why = Self.misreading(of: label) {
            throw Failure(
                .invalid, "'\(label)' cannot name a release", why: why, remedy: "name the image tag, such as 'v10'")
        }
        for (name, text) in [("url", url), ("ticket", ticket), ("pr", pullRequest)] where text?.hasUserInfo == true {
            throw Failure(
                .invalid, "the release's \(name) cannot be recorded", why: "it has a user name or a password in it",
                remedy: "leave them out")
        }
        self.label = label
        self.by = by
        self.commit = commit
        self.url = url
        self.note = note
        self.ticket = ticket
        self.pullRequest = pullRequest
        self.run = run
        self.sources = sources
    }

    package var json: JSON {
        let texts = [
            ("label", label), ("by", by), ("commit", commit), ("url", url), ("note", note), ("ticket", ticket),
            ("pr", pullRequest),
        ]
        var members = JSONObject(texts.compactMap { name, text in text.map { (name, .string($0)) } })
        members["run"] = run?.json
        if !sources.isEmpty { members["sources"] = .object(JSONObject(sources.map { ($0.key, .string($0.value)) })) }
        if !probes.isEmpty { members["probes"] = .array(probes.map(\.json)) }
        for (name, value) in identity?.members ?? [] { members[name] = value }
        return .object(members)
    }

    init?(json: JSON) {
        guard let label = json["label"]?.string else { return nil }
        self.label = label
        // Earlier versions recorded blank texts.
        by = json["by"]?.string?.unlessBlank
        commit = json["commit"]?.string?.unlessBlank
        url = json["url"]?.string?.unlessBlank
        note = json["note"]?.string?.unlessBlank
        ticket = json["ticket"]?.string
        pullRequest = json["pr"]?.string
        run = json["run"].flatMap(CIRun.init(json:))
        sources = json["sources"]?.object?.members.reduce(into: [:]) { $0[$1.key] = $1.value.string } ?? [:]
        probes = json.elements("probes").compactMap(ProbeResult.init(json:))
        identity = ReleaseIdentity(release: json)
    }

    /// Why a text cannot be recorded; nil if it can be.
    static func obstacle(in text: String, mayHaveLines: Bool) -> String? {
        if text.unlessBlank == nil { return "it is empty" }
        if text.count > maximumLength { return "it is longer than \(maximumLength) characters" }
        return text.printable == text || mayHaveLines ? nil : "it has control characters in it"
    }

    /// Why `--at LABEL` would not lead to the release; nil if it would.
    private static func misreading(of label: String) -> String? {
        switch try? Moment(label) {
        case .release(label, back: 0)?: nil
        case .release(let other, back: 0)?: "it would be read as release '\(other)'"
        case .release(let other, back: _)?: "it would be read as a snapshot before release '\(other)'"
        case .time?: "it would be read as a time"
        case .seq?: "it would be read as the number of an entry"
        case .latest?: "it would be read as a snapshot"
        case nil: "a label cannot begin with '@' or 'latest~', or end with '~'"
        }
    }
}

extension Release {
    /// The release with what its probes answered.
    package func probed(_ results: [ProbeResult]) -> Release {
        var release = self
        release.probes = results
        return release
    }

    /// Whether a probe failed: the release was recorded, and counts as failed.
    public var hasFailedProbe: Bool { probes.contains { $0.failure != nil } }

    /// The release with what shows who recorded it.
    package func identified(by identity: ReleaseIdentity?) -> Release {
        var release = self
        release.identity = identity
        return release
    }
}

extension String {
    fileprivate var unlessBlank: String? { allSatisfy(\.isWhitespace) ? nil : self }

    /// Whether it is a URL with a user name or a password.
    fileprivate var hasUserInfo: Bool { wholeMatch(of: #/[A-Za-z][A-Za-z0-9+.\-]*://[^\/?\#]*@.*/#) != nil }
}
