import StrictJSON

/// The permissions of a policy's document to change any resource: on `*`, or on an ARN that names no resource
/// (`arn:aws:s3:::*`).
///
/// AWS does not return the access level of an action, so its name decides: an action that begins with a reading verb reads,
/// and any other is assumed to change something. Only the part before a wildcard counts.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>, and of the levels
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html>.
enum BroadPermissions {
    /// One line for each statement and service: `sqs:DeleteMessage, sqs:SendMessage on *`.
    static func lines(_ document: JSON) -> [String] {
        let statements = document["Statement"]?.oneOrMore ?? []
        return Set(statements.flatMap(lines(ofStatement:))).sorted { $0.precedesByUTF8($1) }
    }

    private static func lines(ofStatement statement: JSON) -> [String] {
        guard statement["Effect"]?.string == "Allow", let scope = scope(of: statement) else { return [] }
        let condition = statement["Condition"] == nil ? "" : " under conditions"
        return actions(of: statement).map { "\($0) on \(scope)\(condition)" }
    }

    /// The broad resources of a statement; nil if it is limited to some.
    private static func scope(of statement: JSON) -> String? {
        if let others = statement["NotResource"]?.texts { return "all but \(others.joined(separator: ", "))" }
        let broad = statement["Resource"]?.texts.filter(isEverything) ?? []
        return broad.isEmpty ? nil : broad.joined(separator: ", ")
    }

    /// Whether it is `*`, or an ARN that names no resource: `arn:aws:sqs:*:*:*`.
    private static func isEverything(_ resource: String) -> Bool {
        let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return resource == "*" || parts.count == 6 && parts[5].allSatisfy("*:/".contains)
    }

    /// The changing actions of a statement, grouped by service.
    private static func actions(of statement: JSON) -> [String] {
        if let others = statement["NotAction"]?.texts { return ["all but \(others.joined(separator: ", "))"] }
        let changing = (statement["Action"]?.texts ?? []).filter { !isReading($0) }
        let services = Dictionary(grouping: changing) { $0.lowercased().prefix { $0 != ":" } }
        return services.values.map { $0.joined(separator: ", ") }
    }

    private static func isReading(_ action: String) -> Bool {
        let name = action.split(separator: ":").last.map { $0.lowercased().prefix { $0 != "*" && $0 != "?" } } ?? ""
        return readingVerbs.contains(where: name.hasPrefix)
    }

    private static let readingVerbs = [
        "batchcheck", "batchdescribe", "batchget", "check", "describe", "estimate", "filter", "get", "head", "list",
        "lookup", "preview", "query", "receive", "scan", "search", "select", "simulate", "test", "validate", "view",
    ]
}

extension JSON {
    /// The elements of a list. Policies write a list of one element as the element itself.
    var oneOrMore: [JSON] { array ?? [self] }

    /// The texts of a list or the one text, in the order of their bytes.
    fileprivate var texts: [String] { oneOrMore.compactMap(\.string).sorted { $0.precedesByUTF8($1) } }
}
