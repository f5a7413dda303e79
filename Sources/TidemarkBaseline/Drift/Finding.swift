import StrictJSON
import Tidemark
import TidemarkKinds

/// One difference between a baseline and a snapshot, or one thing that is unseen.
public struct Finding: Sendable {
    /// The two kinds of findings.
    public enum Status: Sendable {
        case drifted(Drifted)
        case unseen(Unseen)
    }

    /// The difference between the expected and the actual value.
    public enum Drifted: Sendable {
        /// Another value. `elements` are those by which a list differs; none if it differs as a whole.
        case changed(expected: Expected, actual: JSON, elements: ListDifference)
        /// No value, or for nil no resource.
        case missing(expected: Expected?)
        /// A value although none is expected, or several resources although one is expected.
        case unexpected(actual: JSON)
    }

    /// The id of the finding, which survives rewording and reordering of the baseline.
    public let id: FindingID
    /// The rule that the finding breaks.
    public let rule: Rule
    /// The resource; nil if none was found.
    public let resource: ResourceID?
    /// The attribute; nil if the finding is about the whole resource.
    public let path: AttributePath?
    /// Whether the finding is a drift, or could not be seen.
    public let status: Status
    /// A remark for the reader.
    public let note: String?
    /// The onset; nil without a history.
    public internal(set) var since: Onset?
    /// The waiver that accepts the finding, or nil.
    public internal(set) var waiver: Waiver?

    init(
        _ id: FindingID, _ rule: Rule, _ resource: ResourceID?, _ path: AttributePath?, _ status: Status,
        note: String? = nil
    ) {
        self.id = id
        self.rule = rule
        self.resource = resource
        self.path = path
        self.status = status
        self.note = note
    }

    /// Whether the finding is a drift.
    public var isDrifted: Bool { if case .drifted = status { true } else { false } }
    /// Whether a waiver accepts the finding.
    public var isWaived: Bool { waiver != nil }
}

/// The first entry of the present state of a finding or a rule.
public struct Onset: Sendable, Hashable {
    /// The entry.
    public let entry: DatedEntry
    /// Whether the state may be older: it was unseen before this entry.
    public internal(set) var isAtLatest: Bool

    package init(_ entry: DatedEntry, isAtLatest: Bool = false) {
        self.entry = entry
        self.isAtLatest = isAtLatest
    }
}

/// The id of a finding, which survives rewording and reordering of the baseline.
public struct FindingID: Sendable, Hashable, CustomStringConvertible {
    /// The id: twelve hexadecimal digits.
    public let rawValue: String

    /// Derives the id from the environment, the expectation's name and the path; and from the identity if the expectation can be
    /// about several resources.
    public init(environment: EnvironmentName, expectation: String, path: AttributePath?, identity: String? = nil) {
        self.init(
            [
                .string(environment.rawValue), .string(expectation), JSON(path?.description),
            ] + (identity.map { [.string($0)] } ?? []))
    }

    /// Derives the id of a resource without an expectation. No expectation has the same id, since each has a name.
    init(environment: EnvironmentName, unexpected kind: Kind, identity: String?) {
        self.init([.string(environment.rawValue), .null, .string(kind.rawValue), JSON(identity)])
    }

    /// Derives the id of a finding about a rule without a resource.
    init(environment: EnvironmentName, rule: String, _ detail: String) {
        self.init([.string(environment.rawValue), .null, .null, .string(rule), .string(detail)])
    }

    private init(_ parts: [JSON]) {
        rawValue = ContentHash(of: .array(parts)).abbreviated
    }

    /// Parses an id as reports print it; nil for any other text.
    public init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.digits.contains) else { return nil }
        rawValue = text
    }

    private static let length = 12
    private static let digits = Set("0123456789abcdef".utf8)

    /// The twelve hexadecimal digits.
    public var description: String { rawValue }
}
