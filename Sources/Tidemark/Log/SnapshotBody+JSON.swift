import StrictJSON

extension SnapshotBody {
    /// The body as it is hashed. What is as in the snapshot before is left out; null says that there is none any more.
    package var json: JSON {
        var members: JSONObject = [
            "started": .string(started.description), "finished": .string(finished.description), "state": state.json,
        ]
        members["unsettled"] = list(unsettled.map(\.json))
        members["failed"] = list(failures.map(\.json))
        members["changed"] = list(changes.map { .array($0.facet.json + [$0.content?.json ?? .null]) })
        members["fingerprints"] = list(fingerprints.map(\.json))
        members["readings"] = list(readings.map { .array($0.place.json + ($0.value.map { [$0] } ?? [])) })
        members["questions"] = questions.json(\.hash.json)
        members["asked"] = questions.json { .init($0.count) }
        members["gaps"] = gaps.json(\.json)
        members["decoders"] = decoders.json(\.json)
        members["key"] = keyID.json(JSON.string)
        members["root"] = root.json(\.json)
        members["release"] = release?.json
        members["late"] = late?.json
        return .object(members)
    }

    private func list(_ elements: [JSON]) -> JSON? { elements.isEmpty ? nil : .array(elements) }

    package init?(json: JSON) {
        guard let started = json["started"]?.string.flatMap(Timestamp.init),
            let finished = json["finished"]?.string.flatMap(Timestamp.init),
            let state = json["state"]?.hash,
            let unsettled = json.optionalList("unsettled", of: UnsettledReason.init(json:)),
            let failures = json.optionalList("failed", of: DeploymentFailure.init(json:)),
            let changes = json.optionalList("changed", of: Change.init(json:)),
            let fingerprints = json.optionalList("fingerprints", of: Fingerprint.init(json:)),
            let readings = json.optionalList("readings", of: ReadingChange.init(json:)),
            let questions = Update<Questions>(
                json["questions"],
                { hash in
                    guard let hash = hash.hash, let count = json["asked"]?.integer else { return nil }
                    return Questions(hash: hash, count: Int(count))
                }), let gaps = Update(json["gaps"], \.hash),
            let decoders = Update(json["decoders"], { [Kind: String](json: $0) }),
            let keyID = Update(json["key"], \.string), let root = Update(json["root"], \.hash)
        else { return nil }
        let release = json["release"].map { Release(json: $0) }
        if case .some(nil) = release { return nil }
        let late = json["late"].map { Late(json: $0) }
        if case .some(nil) = late { return nil }
        self.init(
            started: started, finished: finished, unsettled: unsettled, failures: failures, release: release ?? nil,
            changes: changes, fingerprints: fingerprints, readings: readings, questions: questions, gaps: gaps,
            decoders: decoders, keyID: keyID, root: root, state: state)
        self.late = late ?? nil
    }
}

extension [Kind: String] {
    /// The versions of decoders by kind.
    package var json: JSON { .object(JSONObject(map { ($0.key.rawValue, .string($0.value)) })) }

    /// Nil if a version is not a text.
    package init?(json: JSON) {
        guard let members = json.object?.members else { return nil }
        self = [:]
        for (kind, version) in members {
            guard let version = version.string else { return nil }
            self[Kind(rawValue: kind)] = version
        }
    }
}

extension SnapshotBody.Update {
    /// Nil if the value is unchanged.
    fileprivate func json(_ write: (Value) -> JSON) -> JSON? {
        if case .changed(let value) = self { value.map(write) ?? .null } else { nil }
    }

    fileprivate init?(_ json: JSON?, _ read: (JSON) -> Value?) {
        switch json {
        case nil: self = .unchanged
        case .null?: self = .changed(nil)
        case let json?:
            guard let value = read(json) else { return nil }
            self = .changed(value)
        }
    }
}

extension SnapshotBody.Change {
    /// Parses `[kind, identity, facet, hash or null]`.
    fileprivate init?(json: JSON) {
        guard let members = json.array, members.count == 4, let facet = FacetID(json: Array(members[0..<3])) else {
            return nil
        }
        let hash = members[3].hash
        guard members[3].isNull || hash != nil else { return nil }
        self.init(facet: facet, content: hash)
    }
}

extension SnapshotBody.ReadingChange {
    /// Parses `[kind, identity, name, value]`; without the value, the reading was not read.
    fileprivate init?(json: JSON) {
        guard let members = json.array, 3...4 ~= members.count, let place = FacetID(json: Array(members[0..<3])) else {
            return nil
        }
        // Not 'nil', which would be JSON's null.
        self.init(place: Reading.ID(place.resource, place.name), value: members.count == 4 ? members[3] : .none)
    }
}

extension JSON {
    fileprivate var hash: ContentHash? { string.flatMap(ContentHash.init(hexadecimal:)) }

    /// The list of a member with every element parsed, empty if there is no such member; nil if one cannot be parsed.
    fileprivate func optionalList<Element>(_ key: String, of read: (JSON) -> Element?) -> [Element]? {
        self[key] == nil ? [] : list(key, of: read)
    }
}
