/// An error with the three parts of its message: what failed, why, and what to do.
///
/// The texts are lower case, without a full stop, the user's input in quotes: `no history at 'tidemark.sqlite': the file does
/// not exist: record a snapshot first, or name another file`.
public struct Failure: Error, Hashable, CustomStringConvertible {
    /// The reason for programs; the texts are for people.
    public enum Code: Sendable, Hashable {
        /// A named thing does not exist.
        case notFound
        /// Unusable input: a name, a file, an option's value.
        case invalid
        /// A contradiction of what is recorded: another account, another environment id.
        case mismatch
        /// A request to AWS, the network or the file system that failed.
        case unavailable
        /// A file that is damaged, newer than this program, or not a history.
        case history
        /// Other processes that kept recording at the same time.
        case conflict
        /// A write that may have been executed, or may be executed later.
        case unknownOutcome
        /// An unsettled environment, which may be half deployed.
        case unsettled
    }

    /// The reason.
    public let code: Code
    /// What failed: `no history at 'tidemark.sqlite'`.
    public let what: String
    /// The cause, if it is known.
    public let why: String?
    /// What to do about it, if anything can be done.
    public let remedy: Remedy?

    /// Creates a failure from its code and its texts.
    public init(_ code: Code, _ what: String, why: String? = nil, remedy: Remedy? = nil) {
        self.code = code
        self.what = what
        self.why = why
        self.remedy = remedy
    }

    /// A damaged history.
    /// - Parameter what: The damaged part: `entry @7 of 'antenna-production' is damaged`.
    package static func damaged(_ what: String, why: String?) -> Failure {
        Failure(.history, what, why: why, remedy: .restoreHistory)
    }

    /// The failure with another remedy.
    package func with(_ remedy: Remedy) -> Failure { Failure(code, what, why: why, remedy: remedy) }

    /// The failure in one line, with the remedy in neutral words.
    public var description: String { line { $0.description } }

    /// The failure in one line.
    /// - Parameter words: How the remedy is worded: a program names what its user passes.
    public func line(words: (Remedy) -> String) -> String {
        [what, why, remedy.map(words)].compactMap(\.self).joined(separator: ": ")
    }
}
