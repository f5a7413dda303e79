import StrictYAML

/// The documented expectations of one environment, and what else must hold of it.
public struct Baseline: Sendable {
    public let environment: EnvironmentName
    /// The document that it makes checkable.
    public let documents: String?
    public let expectations: [Expectation]
    /// The kinds of which every resource must be expected.
    public let unexpected: [UnexpectedRule]
    /// What every release must carry, where that is said.
    public let releases: ReleaseRules?
    /// What the history must hold beside this environment, where that is said.
    public let history: HistoryRules?
    /// The findings that are accepted for a while.
    public let waivers: [Waiver]
    /// The files it was read from, its own first; none for a baseline that a program built.
    public let files: [SourceFile]

    /// The name of its own file, as it was given; empty without one.
    public var file: String { files.first?.name ?? "" }

    public init(
        environment: EnvironmentName, documents: String?, expectations: [Expectation],
        unexpected: [UnexpectedRule] = [], releases: ReleaseRules? = nil, history: HistoryRules? = nil,
        waivers: [Waiver] = [], files: [SourceFile] = []
    ) {
        self.environment = environment
        self.documents = documents
        self.expectations = expectations
        self.unexpected = unexpected
        self.releases = releases
        self.history = history
        self.waivers = waivers
        self.files = files
    }
}

/// How much it matters that something drifted.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    case error, warning
    /// Worth saying, and no reason to stop: it never sets an exit status.
    case note

    /// The lesser one stands before the greater.
    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .note: 0
        }
    }
}
