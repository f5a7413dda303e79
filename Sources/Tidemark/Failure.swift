/// An error in the one shape that people meet: what failed, why, and what to do about it.
///
/// Lower case, no full stop, the thing in quotes: `no history at 'tidemark.sqlite': the file does not exist: record a
/// snapshot first, or pass --history`.
public struct Failure: Error, Hashable, CustomStringConvertible {
    /// What a program may decide by; the texts are for people.
    public enum Code: Sendable, Hashable {
        /// Something that was asked for does not exist.
        case notFound
        /// Input that cannot be used: a name, a file, an option's value.
        case invalid
        /// What is there contradicts what is recorded: another account, another environment id.
        case mismatch
        /// AWS, the network or the file system did not do what was asked.
        case unavailable
        /// The history is damaged, newer than this program, or no history at all.
        case history
        /// Others kept recording at the same time.
        case conflict
        /// The environment is not at rest, so that it may be half deployed.
        case unsettled
    }

    public let code: Code
    public let what: String
    public let why: String?
    public let remedy: String?

    public init(_ code: Code, _ what: String, why: String? = nil, remedy: String? = nil) {
        self.code = code
        self.what = what
        self.why = why
        self.remedy = remedy
    }

    /// That a history is damaged.
    /// - Parameter what: Which part of it, as a sentence: `entry @7 of 'antenna-production' is damaged`.
    package static func damaged(_ what: String, why: String?) -> Failure {
        Failure(
            .history, what, why: why,
            remedy:
                "restore the history from a copy; a cause may be that a killed writer's '-journal' was not copied with "
                + "the file")
    }

    public var description: String {
        [what, why, remedy].compactMap { $0 }.joined(separator: ": ")
    }
}
