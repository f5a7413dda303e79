import StrictJSON

/// The body of an entry of kind *snapshot*: what differs from the snapshot before, and the hash of all that it shows.
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

    /// A reading with another value, or one that was not read any more.
    package struct ReadingChange: Sendable, Hashable {
        package let place: Reading.ID
        /// The new value; nil for a reading that was not read.
        package let value: JSON?
    }

    /// The set of questions of a walk, which is stored as content.
    package struct Questions: Sendable, Hashable {
        /// The hash of the sorted questions.
        package let hash: ContentHash
        /// Their number.
        package let count: Int

        package init(hash: ContentHash, count: Int) {
            self.hash = hash
            self.count = count
        }
    }

    /// A value that may be as in the snapshot before.
    package enum Update<Value: Sendable & Hashable>: Sendable, Hashable {
        case unchanged
        /// The new value; nil for none.
        case changed(Value?)

        package init(from old: Value?, to new: Value?) { self = old == new ? .unchanged : .changed(new) }

        /// The new value; nil for none, or for an unchanged one.
        package var value: Value? { if case .changed(let value) = self { value } else { nil } }
    }

    /// What a snapshot says that was recorded later than it was observed, from a file.
    public struct Late: Sendable, Hashable {
        /// When the walk began, as the file says.
        public let time: Timestamp
        /// The ARN of the caller who observed, as the file says.
        public let caller: String

        package init(time: Timestamp, caller: String) {
            self.time = time
            self.caller = caller
        }

        init?(json: JSON) {
            guard let time = json["at"]?.string.flatMap(Timestamp.init), let caller = json["caller"]?.string else {
                return nil
            }
            self.init(time: time, caller: caller)
        }

        /// `at` and `caller`.
        package var json: JSON { ["at": .string(time.description), "caller": .string(caller)] }
    }

    /// When the walk started, by the recorder's clock.
    public let started: Timestamp
    /// When the walk finished, by the recorder's clock.
    public let finished: Timestamp
    /// Why the environment was unsettled; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// Why the deployment in the environment counts as failed; empty if it does not.
    public let failures: [DeploymentFailure]
    /// The release that the snapshot records, if it records one.
    public let release: Release?
    /// When and by whom the snapshot was observed, if it was recorded later; nil if it was recorded after its walk.
    public internal(set) var late: Late?
    /// The facets that differ from the snapshot before.
    public let changes: [Change]
    /// The fingerprints that differ from the snapshot before.
    public let fingerprints: [Fingerprint]
    package let readings: [ReadingChange]
    package let questions: Update<Questions>
    /// The hash of the gaps, which are stored as content; none if every question was answered.
    package let gaps: Update<ContentHash>
    package let decoders: Update<[Kind: String]>
    package let keyID: Update<String>
    package let root: Update<ContentHash>
    /// The hash of all that the snapshot shows.
    public let state: ContentHash

    /// The hashes of the contents that the body names.
    package var contents: [ContentHash] {
        let others = [questions.value?.hash, gaps.value, signatureKey].compactMap { $0 }
        return changes.compactMap(\.content) + others
    }

    /// The hash of the key that signed the release, which is stored as content; nil if there is none.
    package var signatureKey: ContentHash? {
        if case .signed(let signature)? = release?.identity { signature.key } else { nil }
    }

    /// Whether the snapshot shows the same as the one before, but for its readings.
    package var changesNothing: Bool {
        changes.isEmpty && fingerprints.isEmpty && gaps == .unchanged && decoders == .unchanged && keyID == .unchanged
    }
}
