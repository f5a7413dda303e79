import StrictJSON
import Tidemark

/// What `who` says: every deployment under a label, oldest first.
public struct WhoReport: Sendable {
    public let label: String
    public let deployments: [Deployment]

    public init(label: String, deployments: [Deployment]) {
        self.label = label
        self.deployments = deployments
    }

    public var text: String {
        var text = TextLines()
        text.add("\(label.printable) was recorded \(deployments.count == 1 ? "once" : "\(deployments.count) times")")
        for deployment in deployments {
            text.add()
            text.add("\(deployment.environment) \(deployment.seq), \(deployment.at.readable)")
            text.add("claimed", deployment.release.by.map { "by \($0.printable)" } ?? "not said")
            text.add("attested", "recorded by \(deployment.actor.printable)")
            text.add("replaced", deployment.replaced?.printable ?? "nothing that was recorded")
            text.add(
                "until",
                deployment.replacedBy.map { "replaced by \($0.printable)" } ?? "now: no later release is recorded")
            text.add(
                "failed", deployment.failures.isEmpty ? nil : deployment.failures.joined(separator: "; ").printable)
            text.add(
                "unsettled", deployment.unsettled.isEmpty ? nil : deployment.unsettled.joined(separator: "; ").printable
            )
            text.add("commit", deployment.release.commit?.printable)
            text.add("run", deployment.release.url?.printable)
            text.add("note", deployment.release.note?.printable)
            text.add("entry", deployment.entry.hexadecimal)
        }
        return text.text
    }

    public var json: String {
        JSONReport.document(
            "who", ["label": .string(label), "deployments": .array(deployments.map(Self.json))])
    }

    private static func json(_ deployment: Deployment) -> JSON {
        [
            "environment": .string(deployment.environment.rawValue), "seq": .init(deployment.seq.rawValue),
            "at": .string(deployment.at.description), "entry": deployment.entry.json,
            "claimed": JSON(deployment.release.by), "attested": .string(deployment.actor),
            "replaced": JSON(deployment.replaced), "replacedBy": JSON(deployment.replacedBy),
            "failures": JSON(deployment.failures), "unsettled": JSON(deployment.unsettled),
            "commit": JSON(deployment.release.commit), "url": JSON(deployment.release.url),
            "note": JSON(deployment.release.note),
        ]
    }
}
