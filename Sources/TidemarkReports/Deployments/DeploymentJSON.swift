import StrictJSON
import Tidemark

extension Deployment {
    /// The deployment as `who` and `releases` have it.
    var json: JSON {
        [
            "environment": .string(environment.rawValue), "kind": .string(kind.name), "seq": .init(seq.rawValue),
            "at": .string(at.description), "entry": entry.json, "attested": JSON(actor),
            "after": after?.json() ?? .null,
            "version": ["before": JSON(change.before?.version), "after": JSON(change.running.version)],
            "images": .array(images.map(\.json)), "releases": .array(bookings.map(\.json)),
            "outcome": outcome.json, "unseen": JSON(unseen?.reason),
            "unsettled": JSON(unsettled.map(\.sentence)), "unsettledCodes": .array(unsettled.map(\.json)),
            "failures": JSON(failures.map(\.sentence)), "failureCodes": .array(failures.map(\.json)),
            "checkpoint": checkpoint.map { .init($0.rawValue) } ?? .null,
        ]
    }
}

extension Deployment.Evidence {
    fileprivate var name: String {
        switch self {
        case .change: "change"
        case .firstState: "first-state"
        case .underWay: "under-way"
        }
    }
}

extension Deployment.Succession {
    fileprivate var json: JSON {
        switch self {
        case .current: ["state": "current"]
        case .replaced(let entry): entry.json(["state": "replaced"])
        case .rolledBack(let entry): entry.json(["state": "rolled-back"])
        }
    }
}

extension BookedRelease {
    fileprivate var json: JSON {
        let release = recorded.release
        return [
            "seq": .init(recorded.seq.rawValue), "at": .string(recorded.at.description), "entry": entry.json,
            "label": .string(recorded.label), "recordedLabel": .string(release.label),
            "lateBooking": recorded.lateBooking.map { .init($0.seq.rawValue) } ?? .null, "claimed": JSON(release.by),
            "attested": JSON(recorded.actor),
            "commit": JSON(release.commit), "url": JSON(release.url), "note": JSON(release.note),
            "probes": .array(release.probes.map(\.json)), "ticket": JSON(release.ticket),
            "pr": JSON(release.pullRequest),
            "signer": release.identity?.signer?.json ?? .null, "identity": JSON(release.identityInWords),
            "unsettled": JSON(unsettled.map(\.sentence)), "failures": JSON(failures.map(\.sentence)),
        ]
    }
}

extension DeployedImage {
    var json: JSON {
        var members = change.json
        members["runs"] = state.json
        members["registry"] = tag.json
        return .object(members)
    }
}

extension RunningChange {
    var json: JSON {
        [
            "version": ["before": JSON(before?.version), "after": JSON(running.version)],
            "images": .array(changedImages.map { .object($0.json) }),
        ]
    }
}

extension ImageChange {
    var json: JSONObject {
        [
            "repository": .string(image.repository), "tag": JSON(image.tag), "digest": JSON(image.digest),
            "config": JSON(config), "containers": JSON(containers), "before": .array(before.map(\.json)),
            "asBefore": isAsBefore.map { .bool($0) } ?? .null,
        ]
    }
}

extension ImageReference {
    fileprivate var json: JSON {
        ["repository": .string(repository), "tag": JSON(tag), "digest": JSON(digest)]
    }
}

extension DeployedImage.State {
    fileprivate var json: JSON {
        switch self {
        case .runs(let at, let unsettled):
            [
                "state": "runs", "asOf": .string(at.description), "unsettled": JSON(unsettled.map(\.sentence)),
                "unsettledCodes": .array(unsettled.map(\.json)),
            ]
        case .ended(let entry): entry.json(["state": "ended"])
        case .unseen(let unseen): ["state": "unseen", "reason": .string(unseen.reason)]
        }
    }
}

extension TagStatus {
    fileprivate var json: JSON {
        switch self {
        case .same: ["state": "same"]
        case .pushedAgain(let digest, let entry): entry.json(["state": "pushed-again", "digest": .string(digest)])
        case .moved(let digest, let entry): entry.json(["state": "moved", "digest": .string(digest)])
        case .undetermined(let digest, let entry):
            entry.json(["state": "undetermined", "digest": .string(digest)])
        case .gone(let entry): entry.json(["state": "gone"])
        case .unseen(let unseen, let lastSeen):
            ["state": "unseen", "reason": .string(unseen.reason), "lastSeen": JSON(lastSeen)]
        case .unknown: ["state": "unknown"]
        }
    }
}
