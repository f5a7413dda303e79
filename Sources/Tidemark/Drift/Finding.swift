import StrictJSON

/// One difference between baseline and snapshot.
public struct Finding: Sendable {
    public enum Status: Sendable {
        case drifted(Drifted)
        case unseen(Unseen)
    }

    /// How what is there is not what was expected.
    public enum Drifted: Sendable {
        /// - Parameter elements: The elements of a list by which it differs; none where it differs as a whole.
        case changed(expected: Expected, actual: JSON, elements: ListDifference)
        /// What was expected is not there: a value, or the whole resource.
        case missing(expected: Expected?)
        /// What is there was not expected: a value, or more resources than one.
        case unexpected(actual: JSON)
    }

    public let id: FindingID
    public let rule: Rule
    /// The resource it is about, where one was found.
    public let resource: ResourceID?
    /// Nil where it is about the whole resource.
    public let path: AttributePath?
    public let status: Status
    /// What else a reader needs to know.
    public let note: String?
    /// Since when it has been so; nil where no history was asked.
    public internal(set) var since: Onset?
    /// By what it is accepted; nil where it counts.
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

    public var isDrifted: Bool { if case .drifted = status { true } else { false } }
    public var isWaived: Bool { waiver != nil }
}

/// The entry since which something has been as it is.
public struct Onset: Sendable, Hashable {
    public let entry: DatedEntry
    /// Whether it may have been so before: the state before this entry was not seen.
    public internal(set) var isAtLatest: Bool

    public init(_ entry: DatedEntry, isAtLatest: Bool = false) {
        self.entry = entry
        self.isAtLatest = isAtLatest
    }
}

/// The name of a finding, which survives rewording and reordering of the baseline.
public struct FindingID: Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// From environment, expectation name and path, and the identity where the expectation is of each resource.
    public init(environment: EnvironmentName, expectation: String, path: AttributePath?, identity: String? = nil) {
        self.init(
            [
                .string(environment.rawValue), .string(expectation), JSON(path?.description),
            ] + (identity.map { [.string($0)] } ?? []))
    }

    /// Of a resource that nothing expects; no expectation's, since those have a name.
    init(environment: EnvironmentName, unexpected kind: Kind, identity: String?) {
        self.init([.string(environment.rawValue), .null, .string(kind.rawValue), JSON(identity)])
    }

    /// Of what is wrong with a rule that is about no resource.
    init(environment: EnvironmentName, rule: String, _ detail: String) {
        self.init([.string(environment.rawValue), .null, .null, .string(rule), .string(detail)])
    }

    private init(_ parts: [JSON]) {
        rawValue = ContentHash(of: .array(parts)).abbreviated
    }

    /// An id as a report prints it; nil for a text that is none.
    public init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.digits.contains) else { return nil }
        rawValue = text
    }

    private static let length = 12
    private static let digits = Set("0123456789abcdef".utf8)

    public var description: String { rawValue }
}
