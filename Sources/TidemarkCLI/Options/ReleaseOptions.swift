import ArgumentParser
import Tidemark

/// The release to record, if any.
struct ReleaseOptions: ParsableArguments {
    @Option(
        name: .customLong("release"),
        help: ArgumentHelp("Record a release: the label of what was deployed.", valueName: "label"))
    var label: String?

    @Option(help: "The person or job that deployed the release.")
    var by: String?

    @Option(help: "The commit that was deployed.")
    var commit: String?

    @Option(help: "The URL of the CI run that deployed the release.")
    var url: String?

    @Option(help: "A note on the release.")
    var note: String?

    func validate() throws {
        guard label == nil,
            let lonely = [("by", by), ("commit", commit), ("url", url), ("note", note)].first(where: { $0.1 != nil })
        else { return }
        throw ValidationError("--\(lonely.0) needs a release: pass --release LABEL too")
    }

    func release() throws(Failure) -> Release? {
        guard let label else { return nil }
        return try Release(label: label, by: by, commit: commit, url: url, note: note)
    }
}
