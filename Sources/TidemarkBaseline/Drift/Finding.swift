import StrictJSON
import Tidemark
import TidemarkKinds

/// One difference between a baseline and a snapshot, or one thing that is unseen.
public struct Finding: Sendable {
    /// The three kinds of findings.
    public enum Status: Sendable {
        case drifted(Drifted)
        case unseen(Unseen)
        /// Nothing could be compared, since the resource of the named expectation is missing.
        case notChecked(dependsOn: String)
    }

    /// The difference between the expected and the actual value.
    public enum Drifted: Sendable {
        /// Another value.
        case changed(expected: Expected, actual: JSON)
        /// No value or no such element, or for nil no resource.
        case missing(expected: Expected?)
        /// A value or an element although none is expected, or several resources although one is expected.
        case unexpected(actual: JSON)
    }

    /// The id of the finding, which survives rewording and reordering of the baseline.
    public let id: FindingID
    /// The rule that the finding breaks.
    public let rule: Rule
    /// The resource; nil if none was found.
    public let resource: ResourceID?
    /// The resource that a waiver names: nil for the one resource of its expectation that ordinary deploys replace by another.
    package let waivedResource: ResourceID?
    /// The attribute; nil if the finding is about the whole resource.
    public let path: AttributePath?
    /// The element that is missing or unexpected; nil if the attribute differs as a whole.
    public let element: FindingElement?
    /// The value that a waiver accepts; nil if the finding's place says all of it, as that of an element does.
    public let value: FindingValue?
    /// Whether the finding is a drift, could not be seen, or was not checked.
    public internal(set) var status: Status
    /// The drift in one clause after the resource, for a finding of a built-in rule; nil if the values say it.
    public internal(set) var sentence: String?
    /// A remark for the reader.
    public internal(set) var note: String?
    /// The onset of this value; nil without a history.
    public internal(set) var since: Onset?
    /// The onset of the drift of the attribute, whatever its value; nil without a history.
    public internal(set) var driftingSince: Onset?
    /// The waiver that accepts the finding, or nil.
    public internal(set) var waiver: Waiver?

    init(
        _ id: FindingID, _ rule: Rule, _ resource: ResourceID?, _ path: AttributePath?, _ status: Status,
        element: FindingElement? = nil, value: FindingValue? = nil, isRoutine: Bool = false, note: String? = nil
    ) {
        self.id = id
        self.rule = rule
        self.resource = resource
        waivedResource = isRoutine ? nil : resource
        self.path = path
        self.element = element
        self.status = status
        self.value = value
        self.note = note
    }

    /// Whether the finding is a drift.
    public var isDrifted: Bool { if case .drifted = status { true } else { false } }
    /// Whether the finding could not be seen.
    public var isUnseen: Bool { if case .unseen = status { true } else { false } }
    /// Whether a waiver accepts the finding.
    public var isWaived: Bool { waiver != nil }
}

/// The first entry of the present state of a finding or a rule.
public struct Onset: Sendable, Hashable {
    /// The entry.
    public let entry: DatedEntry
    /// Whether the state may be older: before this entry it was unseen, or the state is unknown.
    public internal(set) var isAtLatest: Bool

    package init(_ entry: DatedEntry, isAtLatest: Bool = false) {
        self.entry = entry
        self.isAtLatest = isAtLatest
    }
}
