import StrictJSON

// The sentences of all stored reasons. They are here, and not in the reports, because errors of the history and reasons of
// the baseline contain them too.

extension UnsettledReason {
    /// The reason in one clause, without control characters.
    public var sentence: String {
        switch self {
        case .environmentStatus(let status): "the environment's status is \(status.printable)"
        case .configurationPending: "a change of its configuration is being applied"
        case .configurationUnknown: "whether a change of its configuration is being applied is unknown"
        case .changedDuringWalk: "it changed during the walk"
        case .changeUnknown(let failure): "whether it changed during the walk is unknown: \(failure.sentence)"
        case .other(let code): code.sentence
        }
    }
}

extension DeploymentFailure {
    /// The reason in one clause, without control characters.
    public var sentence: String {
        switch self {
        case .configurationFailed: "the last change of its configuration failed"
        case .other(let code): code.sentence
        }
    }
}

extension GapReason {
    /// The reason in one clause, without control characters.
    public var sentence: String {
        switch self {
        case .call(let failure): failure.message.printable
        case .emptyAnswer: "the answer does not contain what was requested, and does not say that it no longer exists"
        case .missingMember(let member): "the answer lacks '\(member.printable)'"
        case .missingName(let name):
            "the answer does not contain '\(name.printable)', and does not say that it no longer exists"
        case .missingLead(let kind): "the answer lacks what leads to \(kind.rawValue.printable)"
        case .missingEndpoints: "the answer lacks what names hosts of AWS services"
        case .notLedTo(let action): "the answer to \(action.printable) does not lead to it"
        case .unanswered(let action): "\(action.printable) was not answered"
        case .secretInName: "its name contains a secret of a URL"
        case .unknownToWalk: "the walk had no history and did not reach it"
        case .equalNames: "the names of two resources differ only in a URL's secret"
        case .unreadableBundle(let detail): "the bundle cannot be read: \(detail.printable)"
        case .unreadableFile(let file, let problem): "'\(file.printable)' in the bundle \(problem.predicate)"
        case .notYAML(let file, let line, let column):
            "'\(file.printable)' in the bundle is not YAML (line \(line), column \(column))"
        case .otherContent(let digest): "the bytes of the answer are not those of \(digest.printable)"
        case .unreadableImage: "the image's manifest or configuration is not the expected JSON"
        case .other(let code): code.sentence
        }
    }
}

extension CallFailure {
    fileprivate var message: String {
        switch self {
        case .aws(_, let message): message
        case .client(_, let detail): detail
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .aws(let code, ""): code.printable
        case .aws(let code, let message): "\(code.printable): \(message.printable)"
        case .client(_, let detail): detail.printable
        }
    }
}

extension GapReason.FileProblem {
    fileprivate var predicate: String {
        switch self {
        case .notUTF8: "is not UTF-8"
        case .notObject: "is not a JSON object"
        case .notSections: "is not a map of sections"
        case .unreadableSettings: "has option_settings in a form that Elastic Beanstalk does not read"
        }
    }
}

extension ReasonCode {
    /// The code and its values, for a code of another version: `environment-paused (since 2027-01-01)`.
    fileprivate var sentence: String {
        let values = values.sortedMembers.map { "\($0.key) \($0.value.scalarText ?? $0.value.canonical)" }
        return (values.isEmpty ? code : "\(code) (\(values.joined(separator: ", ")))").printable
    }
}
