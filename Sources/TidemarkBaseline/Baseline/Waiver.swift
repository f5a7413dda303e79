import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// The acceptance of one finding until a date.
public struct Waiver: Sendable, Hashable {
    /// The finding that the waiver accepts.
    public let finding: FindingID
    /// The title of the rule that the finding breaks.
    public let rule: String
    /// The resource that the finding is about; nil if it is about none.
    public let resource: ResourceID?
    /// The attribute; nil if the finding is about a whole resource.
    public let path: AttributePath?
    /// The part of the drift that the waiver accepts.
    public let acceptance: Acceptance
    /// The owner of the waiver.
    public let owner: String
    /// The reason for the waiver.
    public let reason: String
    /// The last day on which the waiver is valid, in UTC.
    public let until: Day
    /// The place of the waiver in its file.
    public let position: Position

    package init(
        finding: FindingID, rule: String, resource: ResourceID?, path: AttributePath?, acceptance: Acceptance,
        owner: String, reason: String, until: Day, position: Position
    ) {
        self.finding = finding
        self.rule = rule
        self.resource = resource
        self.path = path
        self.acceptance = acceptance
        self.owner = owner
        self.reason = reason
        self.until = until
        self.position = position
    }

    /// The part of a drift that a waiver accepts.
    public struct Acceptance: Sendable, Hashable {
        /// The one missing or unexpected element that is accepted, which is part of the finding's id; nil for a value.
        public let element: FindingElement?
        /// The accepted value; nil for any. An element has one only where its id does not determine it: several resources
        /// where one is expected, or a secret part.
        public let value: FindingValue?

        package init(element: FindingElement?, value: FindingValue?) {
            self.element = element
            self.value = value
        }
    }

    /// The id of the finding of a rule that the waiver's words describe.
    func findingID(of rule: Rule, in environment: EnvironmentName) -> FindingID {
        FindingID(environment: environment, rule: rule, resource: resource, path: path, element: acceptance.element)
    }
}

extension Waiver.Acceptance {
    /// The acceptance of a finding as it is. Nil if its value has secret parts without a fingerprint.
    package init?(of finding: Finding) {
        if finding.value == .redacted { return nil }
        self.init(element: finding.element, value: finding.value ?? .plain(.null))
    }

    /// Whether a value is as accepted; nil if that is unknown.
    func accepts(_ actual: FindingValue?) -> Bool? {
        value.map { $0.isSame(as: actual ?? .plain(.null)) } ?? true
    }
}
