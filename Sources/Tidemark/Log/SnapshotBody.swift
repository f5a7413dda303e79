import StrictJSON

/// The body of an entry of kind *snapshot*: the changes, the gaps, and the root of the state.
public struct SnapshotBody: Sendable, Hashable {
    /// A facet with new content, or one that is gone.
    public struct Change: Sendable, Hashable {
        /// The facet that differs from the snapshot before.
        public let facet: FacetID
        /// The hash of the new content; nil for a facet that is gone.
        public let content: ContentHash?

        package init(facet: FacetID, content: ContentHash?) {
            self.facet = facet
            self.content = content
        }
    }

    /// When the walk started, by the recorder's clock.
    public let started: Timestamp
    /// When the walk finished, by the recorder's clock.
    public let finished: Timestamp
    /// AWS's time in its first answer.
    public let awsTime: Timestamp?
    /// Why the environment was unsettled; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// Why the deployment in the environment counts as failed; empty if it does not.
    public let failures: [DeploymentFailure]
    /// The hash of the set of questions, which is stored as content.
    public let questions: ContentHash
    /// The number of questions.
    public let questionCount: Int
    /// The questions that were not answered.
    public let gaps: [Gap]
    /// The facets that differ from the snapshot before.
    public let changes: [Change]
    /// The fingerprints that differ from the snapshot before.
    public let fingerprints: [Fingerprint]
    /// The id of the key for fingerprints; nil if secrets were not fingerprinted.
    public let keyID: String?
    /// All readings of the walk, whether they changed or not.
    public let readings: [Reading]
    /// The decoder version by which the answers of each kind were read.
    public let decoders: [Kind: String]
    /// The hash of the whole state.
    public let root: ContentHash
    /// The release that the snapshot records, if it records one.
    public let release: Release?

    package init(
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

    /// Whether the environment was Ready and unchanged during the walk.
    public var isSettled: Bool { unsettled.isEmpty }

    /// The seconds by which the time of the snapshot's entry is ahead of the end of the walk, by AWS's clock if that is known; nil
    /// for up to two minutes.
    package func secondsAhead(_ at: Timestamp) -> Int64? {
        let end = finished + (awsTime.map { started.offset(to: $0) } ?? 0)
        let ahead = end.offset(to: at)
        return ahead > 0 ? ahead / 1000 : nil
    }

    package var json: JSON {
        var members: JSONObject = [
            "started": .string(started.description), "finished": .string(finished.description),
            "unsettled": .array(unsettled.map(\.json)), "failed": .array(failures.map(\.json)),
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

    package init?(json: JSON) {
        guard let started = json["started"]?.string.flatMap(Timestamp.init),
            let finished = json["finished"]?.string.flatMap(Timestamp.init),
            let unsettled = json.list("unsettled", of: UnsettledReason.init(json:)),
            let failures = json.list("failed", of: DeploymentFailure.init(json:)),
            let questions = json["questions"]?.string.flatMap(ContentHash.init(hexadecimal:)),
            let questionCount = json["asked"]?.integer,
            let gaps = json.list("gaps", of: Gap.init(json:)),
            let changes = json.list("changed", of: Change.init(json:)),
            let fingerprints = json.list("fingerprints", of: Fingerprint.init(json:)),
            let readings = json.list("readings", of: Reading.init(json:)),
            let decoders = json["decoders"]?.object.flatMap(Self.decoders),
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
        self.decoders = decoders
        self.root = root
        if let release = json["release"] {
            guard let read = Release(json: release) else { return nil }
            self.release = read
        } else {
            release = nil
        }
    }
}

extension SnapshotBody {
    /// Parses the versions by kind; nil if one is not a text.
    private static func decoders(_ object: JSONObject) -> [Kind: String]? {
        var decoders: [Kind: String] = [:]
        for (kind, version) in object.members {
            guard let version = version.string else { return nil }
            decoders[Kind(rawValue: kind)] = version
        }
        return decoders
    }
}

extension SnapshotBody.Change {
    /// Parses `[kind, identity, facet, hash or null]`.
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
