import ArgumentParser
import FoundationEssentials
import Tidemark
import TidemarkCI
import TidemarkKinds

/// The release to record, if any.
struct ReleaseOptions: ParsableArguments {
    @Option(
        name: .customLong("release"),
        help: ArgumentHelp("Record a release: the label of what was deployed.", valueName: "label"))
    var label: String?

    @Option(help: "The person or job that deployed the release. Default: who started the CI run.")
    var by: String?

    @Option(help: "The commit that was deployed. Default: that of the CI run, else of the checkout.")
    var commit: String?

    @Option(help: "The URL of the CI run that deployed the release. Default: that of the CI run.")
    var url: String?

    @Option(help: "A note on the release.")
    var note: String?

    @Option(help: "The ticket that asked for the deploy: a key or a URL.")
    var ticket: String?

    @Option(
        name: .customLong("pr"),
        help: ArgumentHelp("The pull request that was deployed: a number or a URL.", valueName: "pull request"))
    var pullRequest: String?

    private var texts: [TextOption] {
        [
            TextOption("--release", label, "the label of what was deployed"), TextOption("--by", by, "a name"),
            TextOption("--commit", commit, "a commit"), TextOption("--url", url, "a URL"),
            TextOption("--note", note, "a text"), TextOption("--ticket", ticket, "a key or a URL"),
            TextOption("--pr", pullRequest, "a number or a URL"),
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

    /// The release with what the options say, and where they say nothing, the CI run and the checkout.
    /// - Parameter variables: The environment variables.
    func release(_ variables: [String: String] = Console.variables) throws(Failure) -> Release? {
        guard let label else { return nil }
        let claims = CIClaims(variables) {
            CheckedOutCommit.find(around: FileManager.default.currentDirectoryPath)
        }
        let defaults = [("by", by, claims.by), ("commit", commit, claims.commit), ("url", url, claims.url)]
            .compactMap { name, option, claim in option == nil ? claim.map { (name, $0) } : nil }
            .filter { Self.isUsable($1.text) }
        let texts = Dictionary(uniqueKeysWithValues: defaults.map { ($0, $1.text) })
        return try Release(
            label: label, by: by ?? texts["by"], commit: commit ?? texts["commit"], url: url ?? texts["url"],
            note: note, ticket: ticket, pullRequest: pullRequest, run: claims.run,
            sources: Dictionary(uniqueKeysWithValues: defaults.map { ($0, $1.source) }))
    }

    /// Whether a text that nobody passed can be recorded. One that cannot be is left out.
    private static func isUsable(_ text: String) -> Bool {
        (try? Release(label: "v1", url: text)) != nil && SecretNoun(in: text) == nil
    }
}
