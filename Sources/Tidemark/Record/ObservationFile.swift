import StrictJSON

/// An observation in a file, which is recorded later: the history could not be reached when it was made.
///
/// The file has what a snapshot would have, and no more: secrets are redacted. Whoever can write the file can change it, so what it
/// says of its caller and its time is a claim.
package struct ObservationFile: Sendable {
    package let environment: EnvironmentName
    package let observation: EnvironmentObservation
    package let release: Release?
    /// The command that observed: a file is recorded once.
    package let attempt: RandomID
    /// When the walk began: by AWS's clock if it answered with its time, else by that of the machine.
    package let time: Timestamp

    private static let format: JSON = 1

    package init(
        environment: EnvironmentName, observation: EnvironmentObservation, release: Release?, attempt: RandomID
    ) {
        self.environment = environment
        self.observation = observation
        self.release = release
        self.attempt = attempt
        time = observation.awsClock?.time ?? observation.started
    }

    /// What the snapshot says of the observation when it is recorded later.
    package var late: SnapshotBody.Late { SnapshotBody.Late(time: time, caller: observation.caller) }

    /// The observation, in which the resources of a history that the walk did not reach are unseen. A walk that knows the history
    /// asks for each of them.
    func observation(beside head: ChainHead?) -> EnvironmentObservation {
        guard let head else { return observation }
        let missing = head.known.existing.subtracting(observation.facets.keys.map(\.resource))
        guard !missing.isEmpty else { return observation }
        let gap = Gap(
            question: Question(
                service: "elasticbeanstalk", operation: "DescribeEnvironments",
                parameters: ["EnvironmentNames": [.string(observation.binding.ebEnvironment)]]),
            outcome: .unreached, reason: .unknownToWalk,
            facets: Set(head.state.facets.keys.filter { missing.contains($0.resource) }), kinds: [])
        var observation = observation
        observation.coverage = Coverage(
            questions: observation.coverage.questions, gaps: observation.coverage.gaps + [gap])
        return observation
    }

    // MARK: Writing

    /// The file: one line of canonical JSON, with the SHA-256 of the rest.
    package var text: String {
        let body = body
        return JSON.object(["observation": body, "sha256": ContentHash(of: body).json]).canonical + "\n"
    }

    private var body: JSON {
        var members: JSONObject = [
            "format": Self.format, "environment": .string(environment.rawValue), "attempt": attempt.json,
            "at": .string(time.description), "caller": .string(observation.caller), "binding": observation.binding.json,
            "started": .string(observation.started.description), "finished": .string(observation.finished.description),
            "questions": observation.coverage.questionsJSON, "gaps": observation.coverage.gapsJSON,
            "decoders": observation.decoders.json, "key": JSON(observation.keyID),
            "unsettled": .array(observation.unsettled.map(\.json)), "failed": .array(observation.failures.map(\.json)),
            "fingerprints": .array(observation.fingerprints.map(\.json)),
        ]
        // Without the content, the facet does not exist.
        members["facets"] = .array(
            observation.facets.sorted { $0.key < $1.key }.map { facet, content in
                .array(facet.json + (content.map { [$0] } ?? []))
            })
        members["readings"] = .array(observation.readings.map { .array($0.id.json + [$0.value]) })
        members["release"] = release?.json
        return .object(members)
    }

    // MARK: Reading

    /// Parses a file.
    /// - Parameter name: The file's name, for the failure.
    /// - Throws: `Failure` with the code `invalid` for another file, one that is not whole, and one of another format.
    package init(_ bytes: some Sequence<UInt8>, named name: String) throws(Failure) {
        let refused = { (why: String) in
            Failure(
                .invalid, "'\(name.printable)' cannot be imported", why: why,
                remedy: .nameObservation)
        }
        guard let json = try? JSON(parsing: Array(bytes)), let body = json["observation"],
            let hash = json["sha256"]?.string
        else { throw refused("it is not an observation, or not whole") }
        guard ContentHash(hexadecimal: hash) == ContentHash(of: body) else {
            throw refused("it was changed, or is damaged")
        }
        guard body["format"] == Self.format else { throw refused("another version of tidemark wrote it") }
        guard let file = ObservationFile(json: body) else { throw refused("a member of it is missing") }
        self = file
    }

    private init?(json: JSON) {
        guard let environment = json["environment"]?.string.flatMap({ try? EnvironmentName($0) }),
            let attempt = json["attempt"]?.string.flatMap(RandomID.init),
            let time = json["at"]?.string.flatMap(Timestamp.init),
            let observation = EnvironmentObservation(json: json)
        else { return nil }
        let release = json["release"].map { Release(json: $0).flatMap(\.validated) }
        if case .some(nil) = release { return nil }
        self.environment = environment
        self.attempt = attempt
        self.time = time
        self.observation = observation
        self.release = release ?? nil
    }
}

extension EnvironmentObservation {
    /// Parses the members that `ObservationFile` writes.
    fileprivate init?(json: JSON) {
        guard let started = json["started"]?.string.flatMap(Timestamp.init),
            let finished = json["finished"]?.string.flatMap(Timestamp.init), let caller = json["caller"]?.string,
            let binding = json["binding"].flatMap(EnvironmentBinding.init(json:)),
            let questions = json.list("questions", of: Question.init(json:)),
            let gaps = json.list("gaps", of: Gap.init(json:)),
            let decoders = json["decoders"].flatMap({ [Kind: String](json: $0) }),
            let unsettled = json.list("unsettled", of: UnsettledReason.init(json:)),
            let failures = json.list("failed", of: DeploymentFailure.init(json:)),
            let fingerprints = json.list("fingerprints", of: Fingerprint.init(json:)),
            let facets = json.list("facets", of: { FacetContent(json: $0) }),
            let readings = json.list("readings", of: { Reading(members: $0) }), let key = json["key"],
            key.isNull || key.string != nil, Set(facets.map(\.facet)).count == facets.count
        else { return nil }
        self.init(
            started: started, finished: finished, binding: binding, caller: caller,
            facets: Dictionary(uniqueKeysWithValues: facets.map { ($0.facet, $0.content) }),
            coverage: Coverage(questions: questions, gaps: gaps), readings: readings, fingerprints: fingerprints,
            keyID: key.string, decoders: decoders, unsettled: unsettled, failures: failures)
    }
}

extension Release {
    /// The release, if it could be recorded as it is: somebody may have written the file.
    fileprivate var validated: Release? {
        let release = try? Release(
            label: label, by: by, commit: commit, url: url, note: note, ticket: ticket, pullRequest: pullRequest,
            run: run, sources: sources)
        return release?.probed(probes)
    }
}

/// A facet with its content, `[kind, identity, facet, content]`; without the content, it does not exist.
private struct FacetContent {
    let facet: FacetID
    let content: JSON?

    init?(json: JSON) {
        guard let members = json.array, 3...4 ~= members.count, let facet = FacetID(json: Array(members[0..<3])) else {
            return nil
        }
        self.facet = facet
        // Not 'nil', which would be JSON's null.
        content = members.count == 4 ? members[3] : .none
    }
}

extension Reading {
    /// Parses `[kind, identity, name, value]`.
    fileprivate init?(members json: JSON) {
        guard let members = json.array, members.count == 4, let place = FacetID(json: Array(members[0..<3])) else {
            return nil
        }
        self.init(resource: place.resource, name: place.name, value: members[3])
    }
}
