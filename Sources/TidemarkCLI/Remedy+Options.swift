import StrictJSON
import Tidemark

extension Remedy {
    /// The remedy with the option, the variable or the command that the user types.
    var asTyped: String {
        switch self {
        case .text(let text): text
        case .nameHistory: "pass another --history FILE"
        case .recordFirst: "record a snapshot first, or pass --history FILE"
        case .nameEnvironment: "pass -e NAME"
        case .useEnvironment(let name): "pass -e \(name)"
        case .nameRegion: "pass --region NAME or set AWS_REGION"
        case .useBinding: "use the credentials and the region of the binding, or pass another -e NAME"
        case .acceptNewBinding: "if it was rebuilt on purpose, pass --rebind; otherwise pass another -e NAME"
        case .checkEnvironment(let permission):
            "check --eb-environment, --region and the permission \(permission)"
        case .waitOrAllowUnsettled:
            "pass --wait to wait until it is settled, or --allow-unsettled to record it as it is"
        case .waitLongerOrAllowUnsettled: "pass a longer --wait, or --allow-unsettled to record it as it is"
        case .provideKey: "set TIDEMARK_KEY or pass --key-file when recording"
        case .provideKeyOrAcceptAnyValue:
            "set TIDEMARK_KEY or pass --key-file when recording, or pass --any-value to accept any value"
        case .recordReleases: "pass --release LABEL to 'tidemark record' after each deploy"
        case .bookLate: "pass --release LABEL to book its release late"
        case .correctLabel: "pass --label LABEL to correct its label"
        case .readTags: "run 'tidemark tags' to see since when"
        case .rebuildIndex: "run 'tidemark history rebuild'"
        case .copyHistory:
            "run 'tidemark history export --sqlite FILE', which reads the log alone, and put FILE in the place of the history"
        case .nameObservation: "name a file that 'record --to' wrote"
        case .observeToo(let kind, let identities):
            "add 'also: [ \(Self.listed(kind, identities)) ]' to \(Project.file)"
        case .readNewest: "run 'tidemark log' to see the entries"
        case .restoreHistory: description
        case .searchCopies:
            "find out who removed or replaced objects of the history; 'tidemark history repair' on a machine with a whole local copy mends it"
        case .nameCache:
            "check its permissions, set TIDEMARK_CACHE to another folder, or pass --offline to read the copy as it is"
        }
    }
}

extension Remedy {
    /// The elements of a list in YAML: `rds.db-instance/antenna-replica`, or `rds.db-instance/NAME`.
    private static func listed(_ kind: Kind, _ identities: [String]) -> String {
        let names = identities.isEmpty ? ["NAME"] : identities
        return names.map { name in
            let isPlain = name.unicodeScalars.allSatisfy { !",[]{}#'\" \n".unicodeScalars.contains($0) }
            return isPlain ? "\(kind)/\(name)" : JSON.string("\(kind)/\(name)").canonical
        }.joined(separator: ", ")
    }
}

extension Failure {
    /// The failure in one line, with its remedy as the user types it.
    var message: String { line(words: \.asTyped) }
}
