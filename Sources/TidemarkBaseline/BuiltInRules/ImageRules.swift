import StrictJSON
import Tidemark
import TidemarkKinds

/// The rules about the images that containers run: what the bundle names, what runs, and what the registry has.
extension BuiltInRule {
    static let images = [
        BuiltInRule("image.tag-moved", "the next task or instance starts with another image", "tag-moved", \.movedTag),
        BuiltInRule("image.older-than-tag", "what was pushed under the tag does not run here", nil, \.age),
        BuiltInRule(
            "image.untagged", "lifecycle rules remove untagged images, and a rollback cannot name them", nil,
            \.missingTag),
        BuiltInRule("image.not-intended", "the deployed bundle names another image", "image", \.otherIntention),
        BuiltInRule("image.gone", "no further task or instance can start with it", nil, \.absence), mutableTag,
    ]

    /// - Parameter attribute: The attribute of a container that the rule is about.
    private init(
        _ name: String, _ why: String, _ attribute: String?,
        _ fault: @escaping @Sendable (ContainerImage) -> ContainerImage.Fault?
    ) {
        self.init(
            name: name, why: why, isStrict: false, attribute: { $0.kind == .ecsContainer ? attribute : nil }
        ) { evaluator in
            let (images, unseen) = evaluator.snapshot.containerImages
            return images.compactMap { image in fault(image).map { Violation($0, of: image) } }
                + unseen.map { Violation(resource: $0, status: .unseen($1), followsFromGap: true) }
        }
    }

    /// The tags that running containers name cannot be moved. Nearly every repository's can: it is listed where it is asked for.
    private static let mutableTag = BuiltInRule(
        name: "image.mutable-tag", why: "a push moves the tag, and nothing in the environment shows it",
        isStrict: false, attribute: { $0.kind == .ecrRepository ? "mutable" : nil }
    ) { evaluator in
        let tagged = evaluator.snapshot.containerImages.images.map(\.image).filter { $0.tag != nil }
        return Dictionary(grouping: tagged, by: \.repository).sorted { $0.key < $1.key }.compactMap { uri, images in
            let repository = ResourceID(.ecrRepository, uri)
            guard case .seen(true)? = AttributePath("mutable").map({ evaluator.snapshot.value(of: $0, of: repository) })
            else { return nil }
            return Violation(
                resource: repository, status: .drifted(.unexpected(actual: true)), value: .plain("mutable"),
                sentence: "its tags can be moved, and containers run "
                    + Set(images.map(\.name)).sorted().joined(separator: ", "), isListedByNameOnly: true)
        }
    }
}

extension BuiltInRule.Violation {
    fileprivate init(_ fault: ContainerImage.Fault, of image: ContainerImage) {
        let element = FindingElement(.unexpected, .string(image.image.name))
        switch fault {
        case .unseen(let reason):
            self.init(resource: image.container, status: .unseen(reason), element: element, followsFromGap: true)
        case .broken(let expected, let actual, let value, let sentence):
            let drifted = expected.map {
                Finding.Drifted.changed(expected: .scalar(ExpectedScalar($0)), actual: .string(actual))
            }
            self.init(
                resource: image.container, status: .drifted(drifted ?? .unexpected(actual: .string(actual))),
                value: .plain(.string(value)), sentence: sentence, element: element)
        }
    }
}
