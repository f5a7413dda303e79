import StrictJSON
import Tidemark

/// The names of what an environment runs, with which a release's label is compared.
public struct RunningNames: Sendable, Hashable {
    /// The label of the application version.
    public let version: String
    /// The tags of the images that have one.
    public let tags: Set<String>

    /// Whether the version or a tag is the label, or contains it as a word: `v10` in `antenna-v10`, not in `v100`.
    public func isCalled(_ label: String) -> Bool {
        tags.union([version]).contains { name in
            name.ranges(of: label).contains { range in
                name[..<range.lowerBound].last?.isPartOfWord != true
                    && name[range.upperBound...].first?.isPartOfWord != true
            }
        }
    }
}

extension EnvironmentObservation {
    /// The names of what runs; nil unless the version and every container were seen, and the image of one has a tag.
    public func running(kinds: KindRegistry) -> RunningNames? {
        let anchor = FacetID(ResourceID(kinds.anchor.kind, binding.ebEnvironment), Snapshot.description)
        let containers = kinds.definitions.filter { $0.images?.vantage == .running }.map(\.kind)
        guard let version = facets[anchor]??["VersionLabel"]?.string, !containers.contains(where: isUnseen) else {
            return nil
        }
        let tags = facets.flatMap { facet, content -> [String] in
            guard containers.contains(facet.resource.kind), facet.name == Snapshot.description, let content else {
                return []
            }
            let images = kinds[facet.resource.kind]?.images?.find(facet.resource.identity, content) ?? []
            return images.compactMap(\.tag)
        }
        return tags.isEmpty ? nil : RunningNames(version: version, tags: Set(tags))
    }

    /// Whether a resource of a kind may exist that was not seen.
    private func isUnseen(_ kind: Kind) -> Bool {
        coverage.gaps.contains { gap in
            gap.kinds.contains(kind) || gap.members.contains { $0.kind == kind }
                || gap.facets.contains { $0.resource.kind == kind }
        }
    }
}

extension Character {
    fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}
