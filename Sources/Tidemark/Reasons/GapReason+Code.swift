import StrictJSON

extension GapReason {
    /// The code that the log stores, such as `missing-member`, with the values of the case.
    public var code: ReasonCode {
        switch self {
        case .call(let failure): failure.code
        case .emptyAnswer: ReasonCode("empty-answer")
        case .missingMember(let member): ReasonCode("missing-member", ["member": .string(member)])
        case .missingName(let name): ReasonCode("missing-name", ["name": .string(name)])
        case .missingLead(let kind): ReasonCode("missing-lead", ["kind": .string(kind.rawValue)])
        case .missingEndpoints: ReasonCode("missing-endpoints")
        case .notLedTo(let action): ReasonCode("not-led-to", ["action": .string(action)])
        case .unanswered(let action): ReasonCode("unanswered", ["action": .string(action)])
        case .unknownToWalk: ReasonCode("unknown-to-walk")
        case .secretInName: ReasonCode("secret-in-name")
        case .equalNames: ReasonCode("equal-names")
        case .unreadableBundle(let detail): ReasonCode("unreadable-bundle", ["detail": .string(detail)])
        case .unreadableFile(let file, let problem):
            ReasonCode("unreadable-file", ["file": .string(file), "problem": .string(problem.rawValue)])
        case .notYAML(let file, let line, let column):
            ReasonCode("not-yaml", ["file": .string(file), "line": .init(line), "column": .init(column)])
        case .otherContent(let digest): ReasonCode("other-content", ["digest": .string(digest)])
        case .unreadableImage: ReasonCode("unreadable-image")
        case .other(let code): code
        }
    }

    /// The reason that a code stands for; nil if the code is unknown or lacks a value.
    public init?(known code: ReasonCode) {
        let known: GapReason? =
            switch code.code {
            case "empty-answer": .emptyAnswer
            case "missing-member": code.text("member").map(Self.missingMember)
            case "missing-name": code.text("name").map(Self.missingName)
            case "missing-lead": code.text("kind").map { .missingLead(Kind(rawValue: $0)) }
            case "missing-endpoints": .missingEndpoints
            case "not-led-to": code.text("action").map(Self.notLedTo)
            case "unanswered": code.text("action").map(Self.unanswered)
            case "unknown-to-walk": .unknownToWalk
            case "secret-in-name": .secretInName
            case "equal-names": .equalNames
            case "unreadable-bundle": code.text("detail").map(Self.unreadableBundle)
            case "unreadable-file": Self.unreadableFile(code)
            case "not-yaml": Self.notYAML(code)
            case "other-content": code.text("digest").map(Self.otherContent)
            case "unreadable-image": .unreadableImage
            default: CallFailure(known: code).map(Self.call)
            }
        guard let known else { return nil }
        self = known
    }

    private static func unreadableFile(_ code: ReasonCode) -> GapReason? {
        guard let file = code.text("file"), let problem = code.text("problem").flatMap(FileProblem.init) else {
            return nil
        }
        return .unreadableFile(file, problem)
    }

    private static func notYAML(_ code: ReasonCode) -> GapReason? {
        guard let file = code.text("file"), let line = code.values["line"]?.integer,
            let column = code.values["column"]?.integer
        else { return nil }
        return .notYAML(file, line: line, column: column)
    }
}
