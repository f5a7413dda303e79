import StrictJSON

/// What an entry of kind *snapshot* says: what changed, what was not seen, and the root of all that is known now.
public struct SnapshotBody: Sendable, Hashable {
    /// A facet that took other content, or is gone.
    public struct Change: Sendable, Hashable {
        public let facet: FacetID
        public let content: ContentHash?

        public init(facet: FacetID, content: ContentHash?) {
            self.facet = facet
            self.content = content
        }
    }

    public let started: Timestamp
    public let finished: Timestamp
    /// AWS's own clock when it answered first.
    public let awsTime: Timestamp?
    /// Why the environment was not at rest; empty when it was.
    public let unsettled: [String]
    /// Why the deployment that is there counts as failed; empty when it does not.
    public let failures: [String]
    /// The hash under which the set of questions is kept as content, and how many there are.
    public let questions: ContentHash
    public let questionCount: Int
    public let gaps: [Gap]
    public let changes: [Change]
    public let fingerprints: [Fingerprint]
    /// The id of the key under which secrets were fingerprinted; without one, none was looked at.
    public let keyID: String?
    public let readings: [Reading]
    public let decoders: [Kind: String]
    public let root: ContentHash
    public let release: Release?

    public init(
        observation: EnvironmentObservation, changes: [Change], fingerprints: [Fingerprint], root: ContentHash,
        release: Release?
    ) {
        started = observation.started
        finished = observation.finished
        awsTime = observation.awsTime
        unsettled = observation.unsettled
        failures = observation.failures
        questions = ContentHash(of: observation.coverage.questionsJSON)
        questionCount = observation.coverage.questions.count
        gaps = observation.coverage.gaps
        self.changes = changes
        self.fingerprints = fingerprints
        keyID = observation.keyID
        readings = observation.readings
        decoders = observation.decoders
        self.root = root
        self.release = release
    }

    /// Whether the environment was at rest when it was looked at.
    public var isSettled: Bool { unsettled.isEmpty }

    /// How many seconds the time of its entry is ahead of the end of the walk, by AWS's clock as far as that is known; nil
    /// where it is not.
    public func secondsAhead(_ at: Timestamp) -> Int64? {
        let end = finished + (awsTime.map { started.offset(to: $0) } ?? 0)
        let ahead = end.offset(to: at)
        return ahead > 0 ? ahead / 1000 : nil
    }

    public var json: JSON {
        var members: JSONObject = [
            "started": .string(started.description), "finished": .string(finished.description),
            "unsettled": JSON(unsettled), "failed": JSON(failures),
            "questions": questions.json, "asked": .init(questionCount), "gaps": .array(gaps.map(\.json)),
            "changed": .array(changes.map { .array($0.facet.json + [$0.content?.json ?? .null]) }),
            "fingerprints": .array(fingerprints.map(\.json)), "key": JSON(keyID),
            "readings": .array(readings.map(\.json)),
            "decoders": .object(JSONObject(decoders.map { ($0.key.rawValue, .string($0.value)) })),
            "root": root.json,
        ]
        members["awsTime"] = awsTime.map { .string($0.description) }
        members["release"] = release?.json
        return .object(members)
    }

    public init?(json: JSON) {
        guard let started = json["started"]?.string.flatMap(Timestamp.init),
            let finished = json["finished"]?.string.flatMap(Timestamp.init),
            let unsettled = json.list("unsettled", of: \.string), let failures = json.list("failed", of: \.string),
            let questions = json["questions"]?.string.flatMap(ContentHash.init(hexadecimal:)),
            let questionCount = json["asked"]?.integer,
            let gaps = json.list("gaps", of: Gap.init(json:)),
            let changes = json.list("changed", of: Change.init(json:)),
            let fingerprints = json.list("fingerprints", of: Fingerprint.init(json:)),
            let readings = json.list("readings", of: Reading.init(json:)),
            let decoders = json["decoders"]?.object,
            let root = json["root"]?.string.flatMap(ContentHash.init(hexadecimal:))
        else { return nil }
        self.started = started
        self.finished = finished
        awsTime = json["awsTime"]?.string.flatMap(Timestamp.init)
        self.unsettled = unsettled
        self.failures = failures
        self.questions = questions
        self.questionCount = Int(questionCount)
        self.gaps = gaps
        self.changes = changes
        self.fingerprints = fingerprints
        keyID = json["key"]?.string
        self.readings = readings
        self.decoders = JSONObject.dictionary(decoders)
        self.root = root
        if let release = json["release"] {
            guard let read = Release(json: release) else { return nil }
            self.release = read
        } else {
            release = nil
        }
    }
}

extension SnapshotBody.Change {
    /// From `[kind, identity, facet, hash or null]`.
    init?(json: JSON) {
        guard let members = json.array, members.count == 4, let facet = FacetID(json: Array(members[0..<3])) else {
            return nil
        }
        switch members[3] {
        case .null: self.init(facet: facet, content: nil)
        case .string(let text):
            guard let hash = ContentHash(hexadecimal: text) else { return nil }
            self.init(facet: facet, content: hash)
        default: return nil
        }
    }
}

extension JSON {
    /// The list at `key` with every element read, or nil if one cannot be.
    func list<Element>(_ key: String, of read: (JSON) -> Element?) -> [Element]? {
        guard let elements = self[key]?.array else { return nil }
        let values = elements.compactMap(read)
        return values.count == elements.count ? values : nil
    }
}

extension JSONObject {
    fileprivate static func dictionary(_ object: JSONObject) -> [Kind: String] {
        Dictionary(
            object.members.compactMap { member in member.value.string.map { (Kind(rawValue: member.key), $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}
