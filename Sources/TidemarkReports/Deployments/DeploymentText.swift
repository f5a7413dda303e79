import Tidemark

extension TextLines {
    /// Adds what was deployed, when, by whom, and what became of it.
    mutating func add(_ deployment: Deployment) {
        let release = deployment.booking?.recorded.release
        let label = deployment.booking.map { ", release \($0.recorded.labelInWords)" } ?? ""
        add("\(deployment.environment) \(deployment.seq), \(deployment.at.readable)\(label)")
        add("deployed", deployment.span)
        addActors(of: deployment)
        add("version", deployment.change.versionInWords)
        add("images", deployment.imagesInWords)
        add("unseen", deployment.unseen.map { "the containers of that time: \($0.reason.printable)" })
        add("runs", deployment.runsInWords)
        add("tag", deployment.images.compactMap(\.tagInWords).joinedOrNil)
        add("outcome", deployment.outcome.inWords)
        add("failed", deployment.failures.map(\.sentence).joinedOrNil)
        add("probes", release?.probes.map(\.sentence).joinedOrNil)
        add(Unsettled(deployment.unsettled))
        add("commit", release?.commit?.printable)
        add("run", release?.url?.printable)
        add("ticket", release?.ticket?.printable)
        add("pr", release?.pullRequest?.printable)
        add("note", release?.note?.printable)
        add("entry", (deployment.booking?.entry ?? deployment.entry).hexadecimal)
    }

    private mutating func addActors(of deployment: Deployment) {
        guard let booking = deployment.booking else {
            add(
                "by",
                "unknown; \(deployment.checkpoint != nil ? "older entries were removed or erased" : "no release was recorded")"
            )
            add("seen", deployment.actor.map { "by \($0.printable)" } ?? "nobody attested by whom")
            return
        }
        add("claimed", booking.recorded.release.by.map { "by \($0.printable)" } ?? "not given")
        add("attested", booking.recorded.actor.map { "recorded by \($0.printable)" } ?? "by nobody")
        add("identity", booking.recorded.release.identityInWords)
        add("from", deployment.checkpoint.map { "checkpoint \($0); the entry was removed or erased" })
        add("again", deployment.bookings.dropFirst().map(\.inWords).joinedOrNil)
    }
}

extension Deployment {
    /// When it took place.
    fileprivate var span: String {
        switch kind {
        case .firstState: "at this entry or before"
        case .underWay: "under way\(after.map { " since \($0.at.readable) (\($0.seq)) or later" } ?? "")"
        case .change: "after \(after.map { "\($0.at.readable) (\($0.seq))" } ?? "an unknown time")"
        }
    }

    fileprivate var imagesInWords: String? {
        if images.isEmpty, let checkpoint { return "unknown: other images ran before \(checkpoint)" }
        return images.map(\.change.inWords).joinedOrNil
    }

    /// Which of the images still run.
    fileprivate var runsInWords: String? {
        let states = images.map(\.state)
        guard let first = states.first else { return nil }
        if states.allSatisfy({ $0 == first }) { return first.inWords }
        return "in part: "
            + images.map { "\($0.change.image.name.printable) \($0.state.inWords)" }.joined(separator: "; ")
    }
}

extension DeployedImage {
    fileprivate var tagInWords: String? {
        tag.inWords(of: change.image).map { "\(change.image.name.printable) \($0)" }
    }
}

extension TagStatus {
    /// What the tag of an image points at now; nil for an image without a tag.
    fileprivate func inWords(of image: ImageReference) -> String? {
        switch self {
        case .same: return "still points at this digest"
        case .pushedAgain(let digest, let entry):
            return "was pushed again (\(digest.abbreviatedDigest)) and is the same image, since \(entry.inWords)"
        case .moved(let digest, let entry):
            return "now points at another image (\(digest.abbreviatedDigest)), since \(entry.inWords)"
        case .undetermined(let digest, let entry):
            return "now points at another digest (\(digest.abbreviatedDigest)), since \(entry.inWords); whether it is "
                + "the same image is unknown"
        case .gone(let entry): return "no longer in the registry, since \(entry.inWords)"
        case .unseen(let unseen, let lastSeen):
            let known = lastSeen.map { "; last seen pointing at \($0.abbreviatedDigest)" } ?? ""
            return "unseen in the registry: \(unseen.reason.printable)\(known)"
        case .unknown:
            return image.tag == nil ? nil : "not in any registry that was read, or its digest is unknown"
        }
    }
}

extension DeployedImage.State {
    var inWords: String {
        switch self {
        case .runs(let at, let unsettled): "yes, as of \(at.readable)\(Unsettled(unsettled).clause)"
        case .ended(let entry): "no, since \(entry.inWords)"
        case .unseen(let unseen): "when last seen; now unseen: \(unseen.reason.printable)"
        }
    }
}

extension Deployment.Succession {
    /// Nil for a deployment that is still in place.
    var inWords: String? {
        switch self {
        case .current: nil
        case .replaced(let entry): "replaced by the deployment of \(entry.inWords)"
        case .rolledBack(let entry): "rolled back within 24 hours, by the deployment of \(entry.inWords)"
        }
    }
}

extension BookedRelease {
    /// A later booking of the same deployment: `@24, 2026-11-23 20:40:43Z, release v10, claimed by release-bot`.
    fileprivate var inWords: String {
        let by = recorded.release.by.map { ", claimed by \($0.printable)" } ?? ""
        let run = recorded.release.url.map { ", run \($0.printable)" } ?? ""
        return
            "recorded \(recorded.seq), \(recorded.at.readable), as release \(recorded.labelInWords)\(by)\(run)"
            + "; no new deployment\(isFailed ? ", and it failed" : "")"
    }
}
