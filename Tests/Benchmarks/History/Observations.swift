import StrictJSON
import Tidemark
import TidemarkKinds

extension EnvironmentObservation {
    /// An observation of what a snapshot shows.
    init(_ snapshot: Snapshot, binding: EnvironmentBinding, coverage: Coverage, at time: Timestamp) {
        self.init(
            started: time, finished: time, awsClock: ClockReading(time: time, elapsed: .zero), binding: binding,
            caller: snapshot.actor ?? "", facets: snapshot.facets.mapValues { $0.content }, coverage: coverage,
            readings: snapshot.body.readings,
            fingerprints: snapshot.fingerprints.map { Fingerprint(location: $0, value: $1) },
            keyID: snapshot.body.keyID, decoders: snapshot.body.decoders)
    }
}

extension Coverage {
    /// A question about each resource but the tags, which one list answers.
    init(of facets: some Sequence<FacetID>, gaps: [Gap]) {
        let described = facets.filter { $0.name == Snapshot.description && !$0.isTag }
        let questions = described.map {
            Question(service: "any", operation: "Describe", parameters: ["Name": .string($0.resource.identity)])
        }
        self.init(questions: questions, gaps: gaps)
    }
}

extension [FacetID: JSON?] {
    /// Changes the size of the disk of the stack's database.
    mutating func resize(to gigabytes: Int64) {
        let databases = keys.filter { $0.resource.kind == .rdsDBInstance && $0.name == Snapshot.description }
        guard let database = databases.min() else { return }
        set("AllocatedStorage", of: database, to: JSON(gigabytes))
    }

    /// Changes a member of the description of each resource of a kind.
    mutating func set(_ member: String, of kind: Kind, to value: JSON) {
        for facet in keys where facet.resource.kind == kind && facet.name == Snapshot.description {
            set(member, of: facet, to: value)
        }
    }

    /// Changes a member of a facet that is an object.
    mutating func set(_ member: String, of facet: FacetID, to value: JSON) {
        guard case .object(var members)?? = self[facet] else { return }
        members[member] = value
        self[facet] = .object(members)
    }
}
