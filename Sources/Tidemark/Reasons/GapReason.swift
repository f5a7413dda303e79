/// A reason why a question was not answered.
public enum GapReason: StoredReason {
    /// The call failed.
    case call(CallFailure)
    /// The answer has no facet, and does not report the resource as gone.
    case emptyAnswer
    /// The answer lacks a member that AWS never leaves out: `Role.RoleName`.
    case missingMember(String)
    /// The answer lacks a requested name, and does not report it as gone.
    case missingName(String)
    /// The answer lacks what leads to the resources of this kind.
    case missingLead(Kind)
    /// The answer lacks what names hosts of AWS services.
    case missingEndpoints
    /// An answer, named by its action, does not lead to this question.
    case notLedTo(from: String)
    /// The question before it, named by its action, was not answered.
    case unanswered(String)
    /// The walk had no history and did not reach the resource: the snapshot was recorded later.
    case unknownToWalk
    /// The resource's name contains a secret, which is redacted.
    case secretInName
    /// The names of two resources differ only in a secret of a URL.
    case equalNames
    /// The source bundle is not a readable archive. The detail is the archive reader's.
    case unreadableBundle(detail: String)
    /// A file of the source bundle cannot be read.
    case unreadableFile(String, FileProblem)
    /// A file of the source bundle is not YAML; the place of the first mistake, both counted from 1.
    case notYAML(String, line: Int64, column: Int64)
    /// The bytes of an answer are not those of this digest.
    case otherContent(String)
    /// The manifest or the configuration of an image is not the expected JSON.
    case unreadableImage
    /// A reason that this version does not know.
    case other(ReasonCode)

    /// The problem of a file in a source bundle.
    public enum FileProblem: String, Sendable, Hashable {
        /// The file is not UTF-8.
        case notUTF8 = "not-utf-8"
        /// The file is not a JSON object.
        case notObject = "not-json-object"
        /// The root is not a map of sections.
        case notSections = "not-sections"
        /// Elastic Beanstalk does not read this form of `option_settings`.
        case unreadableSettings = "unreadable-settings"
    }
}
