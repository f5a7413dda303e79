import StrictJSON
import Tidemark

/// An image that a container runs, from three vantage points: what the bundle of the running version intends, what the task runs,
/// and what the registry has.
package struct ContainerImage {
    /// A rule about images that an image breaks, or of which that is unseen.
    package enum Fault {
        /// - Parameters:
        ///   - value: What the fault rests on: it is another fault if that changes.
        ///   - sentence: The fault in one clause after the container.
        case broken(expected: String?, actual: String, value: String, sentence: String)
        case unseen(Unseen)
    }

    package let container: ResourceID
    /// The image as the task definition names it, with the digest that runs.
    package let image: ImageReference
    private let snapshot: SnapshotView
    private let comparison: ImageComparison

    init(_ container: ResourceID, _ image: ImageReference, _ snapshot: SnapshotView, _ comparison: ImageComparison) {
        (self.container, self.image, self.snapshot, self.comparison) = (container, image, snapshot, comparison)
    }

    private var repository: String { image.repository }

    // MARK: Rules

    /// The tag points at another image than the one that runs.
    package var movedTag: Fault? {
        comparingTag { digest, registry, result in
            switch result {
            case .same: return nil
            case .unknown(let reason): return .unseen(reason)
            case .other:
                return .broken(
                    expected: digest, actual: registry, value: comparison.config(of: registry) ?? registry,
                    sentence: "runs \(image.name) as \(short(digest)), and the tag points at another image, "
                        + short(registry))
            }
        }
    }

    /// The image is older than the one that its tag points at.
    ///
    /// ECR knows when an image was pushed (`imagePushedAt`, of the images that run), and its builder may have labelled it
    /// with the time of the build.
    package var age: Fault? {
        comparingTag { digest, registry, result in
            guard result == .other else { return nil }
            for (verb, age) in [("pushed", pushed), ("built", comparison.created)] {
                guard let own = age(digest), let other = age(registry) else { continue }
                guard own < other else { return nil }
                return .broken(
                    expected: nil, actual: digest, value: comparison.config(of: registry) ?? registry,
                    sentence:
                        "runs \(image.name) as it was \(verb) \(own.readable), and the tag points at an image that "
                        + "was \(verb) \(other.readable)")
            }
            return .unseen(
                Unseen(
                    reason: "it is not known which of the images is older",
                    remedy: "label images with org.opencontainers.image.created"))
        }
    }

    /// No tag of the repository points at the image.
    package var missingTag: Fault? {
        inRegistry { name, digest, presence in
            switch presence {
            case .absent: return nil
            case .unseen(let reason, _): return .unseen(reason)
            case .seen: break
            }
            let scope = MemberScope(.ecrTag, prefix: "\(repository):")
            if let gap = snapshot.gaps.over(scope) { return .unseen(Unseen(gap)) }
            let isTagged = snapshot.resources(of: .ecrTag).filter(scope.contains).contains { tag in
                let other = snapshot.facet(FacetID(tag, Snapshot.description))?.content["imageDigest"]?.string
                return other.map { comparison.compare(digest, with: $0, in: repository) == .same } ?? false
            }
            return isTagged
                ? nil
                : .broken(
                    expected: nil, actual: digest, value: digest,
                    sentence: "runs \(short(digest)), at which no tag of \(name) points")
        }
    }

    /// The registry does not have the image any more.
    package var absence: Fault? {
        inRegistry { name, digest, presence in
            switch presence {
            case .seen: nil
            case .unseen(let reason, _): .unseen(reason)
            case .absent:
                .broken(
                    expected: nil, actual: digest, value: digest,
                    sentence: "runs \(short(digest)), which \(name) does not have any more")
            }
        }
    }

    /// The bundle of the running version names another image. A tag that is the same in both is a matter of `movedTag`.
    package var otherIntention: Fault? {
        guard container.kind == .ecsContainer, let path = AttributePath("intended-image") else { return nil }
        switch snapshot.value(of: path, of: container) {
        case .absent: return nil
        case .unseen(let reason, _): return .unseen(reason)
        case .seen(let value):
            let name = ImageName(value.string ?? "")
            let intended = ImageReference(
                repository: ECRRepositoryURI(name.repository)?.uri ?? name.repository, tag: name.tag,
                digest: name.digest)
            guard isOther(than: intended) else { return nil }
            return .broken(
                expected: intended.name, actual: image.name, value: image.name,
                sentence: "runs \(image.name), and the bundle of the running version names \(intended.name)")
        }
    }

    // MARK: Vantage points

    /// Compares a running image with the one that its tag points at; nil for an image that is not named by a tag.
    private func comparingTag(
        _ fault: (_ digest: String, _ registry: String, ImageComparison.Result) -> Fault?
    ) -> Fault? {
        guard ECRRepositoryURI(repository) != nil, let tag = image.tag, let digest = image.digest else { return nil }
        switch registryDigest(of: tag) {
        case .absent: return nil
        case .unseen(let reason, _): return .unseen(reason)
        case .seen(let value):
            let registry = value.string ?? ""
            return fault(digest, registry, comparison.compare(digest, with: registry, in: repository))
        }
    }

    private func registryDigest(of tag: String) -> LookupResult {
        let found = snapshot.result(of: FacetID(ResourceID(.ecrTag, "\(repository):\(tag)"), Snapshot.description))
        guard case .seen(let content) = found else { return found }
        return content["imageDigest"].map(LookupResult.seen) ?? .absent
    }

    /// Looks for the digest that runs in the registry; nil for an image from elsewhere.
    private func inRegistry(_ fault: (_ name: String, _ digest: String, LookupResult) -> Fault?) -> Fault? {
        guard let uri = ECRRepositoryURI(repository), let digest = image.digest else { return nil }
        let found = snapshot.result(of: FacetID(ResourceID(.ecrImage, repository), Snapshot.description))
        switch found {
        case .unseen: return fault(uri.name, digest, found)
        case .seen(let content):
            let one = content.elements("imageDetails").first { $0["imageDigest"]?.string == digest }
            return fault(uri.name, digest, one.map(LookupResult.seen) ?? .absent)
        case .absent:
            let gap =
                snapshot.gaps.over(MemberScope(.ecrImage, prefix: repository))
                ?? snapshot.gap(hidingAnyOf: .ecrImage)
            return fault(uri.name, digest, gap.map { .unseen(Unseen($0), lastSeen: nil) } ?? .absent)
        }
    }

    private func pushed(_ digest: String) -> Timestamp? {
        snapshot.facet(FacetID(ResourceID(.ecrImage, repository), Snapshot.description))?.content
            .elements("imageDetails").first { $0["imageDigest"]?.string == digest }?["imagePushedAt"]?.string.flatMap(
                Timestamp.init)
    }

    private func isOther(than intended: ImageReference) -> Bool {
        let isNamedAlike = image.repository == intended.repository && image.tag == intended.tag
        if isNamedAlike, intended.digest == nil { return false }
        guard image.repository == intended.repository, let digest = image.digest else { return !isNamedAlike }
        var expected = intended.digest
        if expected == nil, let tag = intended.tag, case .seen(let now) = registryDigest(of: tag) {
            expected = now.string
        }
        return expected.map { comparison.compare(digest, with: $0, in: repository) != .same } ?? true
    }

    /// `sha256:74ee0f771ae0`.
    private func short(_ digest: String) -> String { String(digest.prefix("sha256:".count + 12)) }
}

extension SnapshotView {
    /// The images that containers run, and why containers were not seen. A container may run several.
    package var containerImages: (images: [ContainerImage], unseen: [(container: ResourceID, reason: Unseen)]) {
        var images: [ContainerImage] = []
        var hidden: [(container: ResourceID, reason: Unseen)] = []
        let comparison = ImageComparison(self)
        for definition in kinds.definitions {
            guard let find = definition.images, find.vantage == .running else { continue }
            for container in resources(of: definition.kind) where isReached(container) {
                switch result(of: FacetID(container, Snapshot.description)) {
                case .absent: break
                case .unseen(let reason, _): hidden.append((container, reason))
                case .seen(let content):
                    var seen: Set<ImageReference> = []
                    for image in find.find(container.identity, content) where seen.insert(image).inserted {
                        images.append(ContainerImage(container, image, self, comparison))
                    }
                }
            }
        }
        return (images, hidden)
    }
}
