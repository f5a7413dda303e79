import StrictYAML
import Tidemark

/// The documented expectations of one environment, and its other rules.
public struct Baseline: Sendable {
    /// The environment that the baseline documents.
    public let environment: EnvironmentName
    /// The title of the document that the baseline checks.
    public let documents: String?
    /// The expectations, in the order of the file; those of a file that it extends come first.
    public let expectations: [Expectation]
    /// The kinds whose every resource must be expected.
    public let unexpected: [UnexpectedRule]
    /// The requirements of every release; nil if there are none.
    public let releases: ReleaseRules?
    /// The other environments that the history must contain; nil if none is required.
    public let history: HistoryRules?
    /// The findings that are accepted until a date.
    public let waivers: [Waiver]
    /// What the baseline states about built-in rules, by their names.
    package let settings: [String: BuiltInRuleSetting]
    /// The hosts that need not be followed.
    package let notFollowed: [AcknowledgedHost]
    /// The files that the baseline was read from, its own first; none for a baseline that a program built.
    public let files: [SourceFile]
    /// The position of the `extends` that names each extended file, by the name of that file.
    package let extensions: [String: Position]

    /// The name of the baseline's own file, as it was passed; empty for a baseline that a program built without files.
    public var file: String { files.first?.name ?? "" }

    package init(
        environment: EnvironmentName, documents: String?, expectations: [Expectation],
        unexpected: [UnexpectedRule] = [], releases: ReleaseRules? = nil, history: HistoryRules? = nil,
        waivers: [Waiver] = [], settings: [String: BuiltInRuleSetting] = [:], notFollowed: [AcknowledgedHost] = [],
        files: [SourceFile] = [],
        extensions: [String: Position] = [:]
    ) {
        self.environment = environment
        self.documents = documents
        self.expectations = expectations
        self.unexpected = unexpected
        self.releases = releases
        self.history = history
        self.waivers = waivers
        self.settings = settings
        self.notFollowed = notFollowed
        self.files = files
        self.extensions = extensions
    }
}

/// The importance of a drift.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// An error or a warning makes a drift fail; a note is reported and never does.
    case error, warning, note

    /// Orders severities from the least to the most important.
    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .note: 0
        }
    }
}
