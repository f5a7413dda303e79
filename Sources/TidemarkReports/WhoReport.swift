import StrictJSON
import Tidemark

/// The report of `who`: every deployment of an image tag, a release label or a digest, oldest first.
public struct WhoReport: Sendable {
    /// The tag, label or digest.
    public let name: String
    /// The deployments that the report shows.
    public let deployments: [Deployment]
    /// The entries that were removed or erased: the report may lack deployments.
    public let missing: [MissingEntries]
    private let heads: Heads

    /// Creates the report of the deployments of a name.
    /// - Parameter name: The tag, label or digest as the user typed it.
    /// - Parameter missing: The entries that were removed or erased.
    public init(
        name: String, deployments: [Deployment], missing: [MissingEntries] = [], from heads: Heads = Heads()
    ) {
        self.heads = heads
        self.missing = missing
        self.name = name
        self.deployments = deployments
    }

    // MARK: Text

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        let times = deployments.count == 1 ? "once" : "\(deployments.count) times"
        text.add("\(name.printable) was deployed \(times)")
        for deployment in deployments { add(deployment, to: &text) }
        text.add(missing)
        return text.text
    }

    private func add(_ deployment: Deployment, to text: inout TextLines) {
        let release = deployment.release
        text.add()
        text.add(
            "\(deployment.environment) \(deployment.seq), \(deployment.at.readable)"
                + (release.map { ", release \($0.label.printable)" } ?? ""))
        addActors(of: deployment, to: &text)
        text.add("images", Self.imagesInWords(of: deployment))
        text.add("unseen", deployment.unseen.map { "the containers of that time: \($0.reason.printable)" })
        text.add("runs", Self.inWords(deployment.runningState))
        text.add("tag", Self.tagStates(of: deployment).joinedOrNil)
        if release != nil { text.add("releases", Self.neighbours(of: deployment)) }
        text.add("failed", deployment.failures.map(\.sentence).joinedOrNil)
        text.add(Unsettled(deployment.unsettled))
        text.add("commit", release?.commit?.printable)
        text.add("run", release?.url?.printable)
        text.add("note", release?.note?.printable)
        text.add("entry", deployment.entry.hexadecimal)
    }

    private func addActors(of deployment: Deployment, to text: inout TextLines) {
        guard let release = deployment.release else {
            let at = deployment.at.readable
            let span = deployment.snapshotBefore.map { "between \($0.readable) and \(at)" } ?? "before \(at)"
            let why = deployment.checkpoint != nil ? "older entries were removed or erased" : "no release was recorded"
            text.add("by", "unknown, \(span); \(why)")
            text.add("seen", deployment.actor.map { "by \($0.printable)" } ?? "nobody attested by whom")
            return
        }
        text.add("claimed", release.by.map { "by \($0.printable)" } ?? "not given")
        text.add("attested", deployment.actor.map { "recorded by \($0.printable)" } ?? "by nobody")
        text.add("from", deployment.checkpoint.map { "checkpoint \($0); the entry was removed or erased" })
    }

    private static func neighbours(of deployment: Deployment) -> String {
        let before =
            switch deployment.replaced {
            case .absent: "the first that was recorded"
            case .label(let label): "after \(label.printable)"
            case .unknown: "the one before is unknown"
            }
        let after =
            switch deployment.replacedBy {
            case .absent: "no later one is recorded"
            case .label(let label): "before \(label.printable)"
            case .unknown: "the one after is unknown"
            }
        return "\(before); \(after)"
    }

    private static func imagesInWords(of deployment: Deployment) -> String? {
        if deployment.images.isEmpty, let checkpoint = deployment.checkpoint {
            return "unknown: other images ran before \(checkpoint)"
        }
        return deployment.images.map(inWords).joinedOrNil
    }

    private static func inWords(_ change: Deployment.ImageChange) -> String {
        let (before, after) = (names(change.before), names(change.after))
        guard change.isChange else { return "\(after), as before" }
        if change.before.isEmpty { return "\(after), first seen" }
        return "\(before) -> \(change.after.isEmpty ? "none" : after)"
    }

    private static func names(_ images: [ImageReference]) -> String {
        images.map(\.inWords).joined(separator: ", ")
    }

    private static func inWords(_ runningState: Deployment.RunningState) -> String? {
        switch runningState {
        case .runs(let at, let unsettled): "yes, as of \(at.readable)\(Unsettled(unsettled).clause)"
        case .ended(let entry): "no, since \(entry.inWords)"
        case .unseen(let unseen): "when last seen; now unseen: \(unseen.reason.printable)"
        case .unknown: nil
        }
    }

    private static func tagStates(of deployment: Deployment) -> [String] {
        deployment.images.flatMap { change in
            zip(change.after, change.tags).compactMap { image, status in
                inWords(status, of: image).map { "\(image.name.printable) \($0)" }
            }
        }
    }

    private static func inWords(_ status: TagStatus, of image: ImageReference) -> String? {
        switch status {
        case .same: return "still points at this digest"
        case .moved(let digest, let entry):
            return "now points at another digest (\(digest.abbreviatedDigest)), since \(entry.inWords)"
        case .gone(let entry): return "no longer in the registry, since \(entry.inWords)"
        case .unseen(let unseen, let lastSeen):
            let known = lastSeen.map { "; last seen pointing at \($0.abbreviatedDigest)" } ?? ""
            return "unseen in the registry: \(unseen.reason.printable)\(known)"
        case .unknown:
            return image.tag == nil ? nil : "not in any registry that was read, or its digest is unknown"
        }
    }

    // MARK: JSON

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "who", from: heads,
            [
                "name": .string(name), "deployments": .array(deployments.map(Self.json)),
                "missing": .array(missing.map(\.json)),
            ])
    }

    private static func json(_ deployment: Deployment) -> JSON {
        let release = deployment.release
        return [
            "environment": .string(deployment.environment.rawValue), "seq": .init(deployment.seq.rawValue),
            "at": .string(deployment.at.description), "entry": deployment.entry.json,
            "release": JSON(release?.label), "claimed": JSON(release?.by), "attested": JSON(deployment.actor),
            "after": JSON(deployment.snapshotBefore?.description),
            "replaced": json(deployment.replaced), "replacedBy": json(deployment.replacedBy),
            "images": .array(deployment.images.map(json)), "unseen": JSON(deployment.unseen?.reason),
            "runs": json(deployment.runningState),
            "failures": JSON(deployment.failures.map(\.sentence)),
            "failureCodes": .array(deployment.failures.map(\.json)),
            "unsettled": JSON(deployment.unsettled.map(\.sentence)),
            "unsettledCodes": .array(deployment.unsettled.map(\.json)),
            "commit": JSON(release?.commit), "url": JSON(release?.url), "note": JSON(release?.note),
        ]
    }

    private static func json(_ neighbour: Deployment.Neighbour) -> JSON {
        if case .label(let label) = neighbour { .string(label) } else { .null }
    }

    private static func json(_ change: Deployment.ImageChange) -> JSON {
        [
            "repository": .string(change.repository),
            "before": .array(change.before.map(json)),
            "after": .array(
                zip(change.after, change.tags).map { image, status in
                    var members = json(image).object ?? [:]
                    members["registry"] = json(status)
                    return .object(members)
                }),
        ]
    }

    private static func json(_ image: ImageReference) -> JSON {
        ["tag": JSON(image.tag), "digest": JSON(image.digest)]
    }

    private static func json(_ runningState: Deployment.RunningState) -> JSON {
        switch runningState {
        case .runs(let at, let unsettled):
            [
                "state": "runs", "asOf": .string(at.description), "unsettled": JSON(unsettled.map(\.sentence)),
                "unsettledCodes": .array(unsettled.map(\.json)),
            ]
        case .ended(let entry): entry.json(["state": "ended"])
        case .unseen(let unseen): ["state": "unseen", "reason": .string(unseen.reason)]
        case .unknown: ["state": "unknown"]
        }
    }

    private static func json(_ status: TagStatus) -> JSON {
        switch status {
        case .same: ["state": "same"]
        case .moved(let digest, let entry):
            entry.json(["state": "moved", "digest": .string(digest)])
        case .gone(let entry): entry.json(["state": "gone"])
        case .unseen(let unseen, let lastSeen):
            ["state": "unseen", "reason": .string(unseen.reason), "lastSeen": JSON(lastSeen)]
        case .unknown: ["state": "unknown"]
        }
    }
}
