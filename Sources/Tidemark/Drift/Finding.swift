import StrictJSON

/// One difference between baseline and snapshot.
public struct Finding: Sendable {
    public enum Verdict: Sendable {
        case drifted(Drifted)
        case unseen(Unseen)
    }

    /// How what is there is not what was expected.
    public enum Drifted: Sendable {
        case changed(expected: JSON, actual: JSON, missing: [JSON], extra: [JSON])
        /// What was expected is not there: a value, or the whole resource.
        case missing(expected: JSON?)
        /// What is there was not expected: a value, or more resources than one.
        case unexpected(actual: JSON)
    }

    public let id: FindingID
    public let expectation: Expectation
    /// The resource it is about, where one was found.
    public let resource: ResourceID?
    /// Nil where it is about the whole resource.
    public let path: AttributePath?
    public let verdict: Verdict
    /// What else a reader needs to know.
    public let note: String?
}

/// The name of a finding, which survives rewording and reordering of the baseline.
public struct FindingID: Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// From environment, expectation name and path.
    public init(environment: EnvironmentName, expectation: String, path: AttributePath?) {
        let source: JSON = [.string(environment.rawValue), .string(expectation), JSON(path?.description)]
        rawValue = ContentHash(of: source).abbreviated
    }

    public var description: String { rawValue }
}
