import StrictJSON
import Tidemark
import TidemarkBaseline

/// The report of `accept`: the waiver that it wrote.
public struct AcceptReport: Sendable {
    private let finding: Finding
    private let drift: Drift
    private let waiver: Waiver
    private let heads: Heads

    /// Creates the report of a finding that a waiver accepts from now on.
    public init(_ finding: Finding, of drift: Drift, by waiver: Waiver, from heads: Heads = Heads()) {
        self.finding = finding
        self.drift = drift
        self.waiver = waiver
        self.heads = heads
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        let words = FindingWords(snapshot: drift.snapshot)
        text.add("accepted \(finding.id) until \(waiver.until)")
        text.add("finding", "\(finding.rule.title.printable): \(words.sentences(finding).joined(separator: "\n"))")
        text.add("covers", coverage)
        text.add("owner", waiver.owner.printable)
        text.add("reason", waiver.reason.printable)
        text.add("written", "\(waiver.position.file.printable):\(waiver.position.line)")
        return text.text
    }

    /// The extent of the waiver, in one line.
    private var coverage: String {
        let path = finding.path.map { " of \($0.description.printable)" } ?? ""
        let (element, value) = (waiver.acceptance.element, waiver.acceptance.value)
        return switch (element, finding.path) {
        case (nil, _): value == nil ? "any value\(path)" : "this value\(path) alone; another value is a new finding"
        case (let element?, nil) where element.side == .missing: "that the resource is missing"
        case (_?, nil): "this resource alone; another one is a new finding"
        case (_?, _?) where value == nil: "this element\(path), whatever its secret parts; another one is a new finding"
        case (_?, _?): "this element\(path) alone; another one is a new finding"
        }
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "accept", from: heads,
            [
                "environment": .string(drift.snapshot.environment.rawValue), "asOf": JSONReport.asOf(drift.snapshot),
                "finding": .string(finding.id.rawValue), "name": .string(finding.rule.name),
                "path": JSON(finding.path?.description), "covers": .string(coverage), "owner": .string(waiver.owner),
                "reason": .string(waiver.reason), "until": .string(waiver.until.description),
                "file": .string(waiver.position.file), "line": .init(waiver.position.line),
            ])
    }
}
