import StrictJSON
import Tidemark
import TidemarkKinds

/// The id of a finding, which survives rewording and reordering of the baseline, and other values at the same place.
public struct FindingID: Sendable, Hashable, CustomStringConvertible {
    /// The id: twelve hexadecimal digits.
    public let rawValue: String

    /// Derives the id of a finding: the first digits of the SHA-256 of the environment and the finding's place in canonical JSON.
    ///
    /// - Parameter resource: The resource; it is part of the id if the rule can have findings about several.
    package init(
        environment: EnvironmentName, rule: Rule, resource: ResourceID?, path: AttributePath?, element: FindingElement?
    ) {
        let place: [JSON] = [
            .string(environment.rawValue), .string(rule.source.rawValue), .string(rule.title),
            JSON(rule.key(of: resource)), JSON(path?.written.description),
            JSON(element?.side.rawValue), element?.key ?? .null,
        ]
        rawValue = ContentHash(of: .array(place)).abbreviated
    }

    /// Parses an id as reports print it; nil for any other text.
    public init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.digits.contains) else { return nil }
        rawValue = text
    }

    private static let length = 12
    private static let digits = Set("0123456789abcdef".utf8)

    public var description: String { rawValue }
}
