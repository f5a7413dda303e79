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

    private var texts: [TextOption] {
        [
            TextOption("--release", label, "the label of what was deployed"), TextOption("--by", by, "a name"),
            TextOption("--commit", commit, "a commit"), TextOption("--url", url, "a URL"),
            TextOption("--note", note, "a text"),
        ]
    }

    func validate() throws {
        if label == nil, let lonely = texts.first(where: { $0.text != nil }) {
            throw ValidationError("\(lonely.name) needs a release: pass --release LABEL too")
        }
        for option in texts {
            try option.refuseBlank()
            try option.refuseSecrets()
        }
    }

    func release() throws(Failure) -> Release? {
        guard let label else { return nil }
        return try Release(label: label, by: by, commit: commit, url: url, note: note)
    }
}
