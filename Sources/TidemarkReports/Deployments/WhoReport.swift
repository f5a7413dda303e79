import StrictJSON
import Tidemark

/// The report of `who`: the deployments of an image tag, a release label, a digest or a commit, newest first.
public struct WhoReport: Sendable {
    /// The name as the user typed it.
    public let name: String
    /// The deployments, with what the name means.
    public let answer: DeploymentAnswer
    /// The entries that were removed or erased: the report may lack deployments.
    public let missing: [MissingEntries]
    private let heads: Heads

    /// Creates the report of the deployments of a name.
    /// - Parameters:
    ///   - name: The name as the user typed it.
    ///   - missing: The entries that were removed or erased.
    public init(
        name: String, _ answer: DeploymentAnswer, missing: [MissingEntries] = [], from heads: Heads = Heads()
    ) {
        self.name = name
        self.answer = answer
        self.missing = missing
        self.heads = heads
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        text.add(summary)
        if let digest = answer.otherIndex {
            text.add("\(digest.abbreviatedDigest) is the same image as those below that have another digest")
        }
        for deployment in answer.deployments {
            text.add()
            text.add(deployment)
        }
        if answer.unchangedReleases > 0 {
            text.add()
            text.add("\(counted(answer.unchangedReleases, "other release")) left it as it was")
        }
        text.add(missing)
        return text.text
    }

    private var summary: String {
        let times = answer.deployments.count == 1 ? "once" : "\(answer.deployments.count) times"
        let meanings =
            answer.meanings.count > 1
            ? ", as \(answer.meanings.map(\.inWords).joined(separator: " and as "))" : ""
        return "\(name.printable) was deployed \(times)\(meanings)"
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "who", from: heads,
            [
                "name": .string(name), "meanings": JSON(answer.meanings.map(\.name)),
                "deployments": .array(answer.deployments.map(\.json)),
                "unchangedReleases": .init(Int64(answer.unchangedReleases)), "otherIndex": JSON(answer.otherIndex),
                "missing": .array(missing.map(\.json)),
            ])
    }
}

extension DeploymentAnswer.Meaning {
    fileprivate var name: String {
        switch self {
        case .label: "label"
        case .tag: "tag"
        case .digest: "digest"
        case .commit: "commit"
        }
    }

    fileprivate var inWords: String {
        switch self {
        case .label: "a release label"
        case .tag: "an image tag"
        case .digest: "a digest"
        case .commit: "a commit"
        }
    }
}
