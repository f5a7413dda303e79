/// An action that ends a failure, or makes visible what is unseen.
///
/// A case names something that the caller passes, so that a program can say how it is passed there: the command line
/// names the option. `description` has neutral words for it.
public enum Remedy: Sendable, Hashable {
    /// Anything that a caller does not pass, in words: `check its permissions`.
    case text(String)

    /// Name another file for the history.
    case nameHistory
    /// Record a snapshot, or name another file for the history.
    case recordFirst
    /// Name the environment.
    case nameEnvironment
    /// Name the only environment there is.
    case useEnvironment(EnvironmentName)
    /// Name the AWS region.
    case nameRegion
    /// Use the credentials and the region of the binding, or another name for the environment.
    case useBinding
    /// Accept the new id of an Elastic Beanstalk environment, or use another name for the environment.
    case acceptNewBinding
    /// Check the name of the Elastic Beanstalk environment, the region and a permission.
    case checkEnvironment(permission: String)
    /// Wait until the environment is settled, or record it as it is.
    case waitOrAllowUnsettled
    /// Wait longer until the environment is settled, or record it as it is.
    case waitLongerOrAllowUnsettled
    /// Record with a key for fingerprints.
    case provideKey
    /// Record with a key for fingerprints, or accept any value.
    case provideKeyOrAcceptAnyValue
    /// Name the release of each deployment when it is recorded.
    case recordReleases
    /// Book a release for an entry that has none.
    case bookLate
    /// Correct the label of a release that is booked.
    case correctLabel
    /// Read the history of the image tags.
    case readTags
    /// List resources of a kind as further parts of the environment; the identities are empty if they are unknown.
    case observeToo(Kind, identities: [String])
    /// Name a moment between the first and the newest snapshot.
    case readNewest
    /// Rebuild the index of the history from its log.
    case rebuildIndex
    /// Copy the entries and contents of the history, and use the copy.
    case copyHistory
    /// Restore the history from a copy.
    case restoreHistory
    /// Find out who changed the objects of a shared history, and search other machines for a local copy.
    case searchCopies
    /// Name another folder for the local copy of a shared history, or read the copy as it is.
    case nameCache
    /// Name a file that an observation was written to.
    case nameObservation
}

extension Remedy: CustomStringConvertible {
    /// The action in neutral words: `record a snapshot first, or name another file`.
    public var description: String {
        switch self {
        case .text(let text): text
        case .nameHistory: "name another file"
        case .recordFirst: "record a snapshot first, or name another file"
        case .nameEnvironment: "name the environment"
        case .useEnvironment(let name): "use the environment '\(name)'"
        case .nameRegion: "name a region"
        case .useBinding: "use the credentials and the region of the binding, or another environment name"
        case .acceptNewBinding: "accept the new id if it was rebuilt on purpose, or use another environment name"
        case .checkEnvironment(let permission):
            "check the name of the Elastic Beanstalk environment, the region and the permission \(permission)"
        case .waitOrAllowUnsettled: "wait until it is settled, or allow it to be recorded unsettled"
        case .waitLongerOrAllowUnsettled: "wait longer, or allow it to be recorded unsettled"
        case .provideKey: "record with a key for fingerprints"
        case .provideKeyOrAcceptAnyValue: "record with a key for fingerprints, or accept any value"
        case .recordReleases: "name the release of each deployment when it is recorded"
        case .bookLate: "book its release late"
        case .correctLabel: "correct its label instead"
        case .readTags: "read the history of its tag to see since when"
        case .rebuildIndex: "rebuild the index from the log"
        case .copyHistory: "copy the history to a new file, and use that"
        case .restoreHistory:
            "restore the history from a copy; a cause may be that a killed writer's '-journal' was not copied with the file"
        case .searchCopies:
            "find out who removed or replaced objects of the history; a local copy on another machine may have what is missing"
        case .nameCache: "check its permissions, name another folder, or read the copy as it is"
        case .nameObservation: "name a file that an observation was written to"
        case .observeToo(let kind, let identities):
            "list \(identities.isEmpty ? "it" : identities.map { "\(kind)/\($0)" }.joined(separator: ", ")) "
                + "as a further resource of the environment"
        case .readNewest: "name a moment between the first and the newest snapshot"
        }
    }
}

extension Remedy: ExpressibleByStringInterpolation {
    /// Creates a remedy from its words.
    public init(stringLiteral text: String) { self = .text(text) }
}
