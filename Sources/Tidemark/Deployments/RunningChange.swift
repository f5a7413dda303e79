/// What runs, compared with what ran before.
public struct RunningChange: Sendable, Hashable {
    /// What ran before; nil if that is not known.
    public let before: RunningSet?
    /// What runs.
    public let running: RunningSet
    /// The images that run, in the order of their names.
    public let images: [ImageChange]

    /// Compares two running sets.
    public init(from before: RunningSet?, to running: RunningSet) {
        self.before = before
        self.running = running
        let groups = Dictionary(grouping: running.images) {
            [$0.image.repository, $0.image.tag, $0.config ?? $0.image.digest]
        }
        images = groups.values.map { ImageChange(of: $0, before: before?.byContainer) }
            .sorted { ($0.image.name, $0.image.digest ?? "") < ($1.image.name, $1.image.digest ?? "") }
    }

    /// Whether the version is another one.
    public var changesVersion: Bool { before.map { $0.version != running.version } ?? false }
    /// The images that containers did not run before, or of which that is not known.
    public var changedImages: [ImageChange] { images.filter { $0.isAsBefore != true } }
    /// The images that are the same as before under another digest.
    public var pushedAgain: [ImageChange] {
        images.filter { image in
            image.isAsBefore == true && image.before.contains { $0.digest != image.image.digest }
        }
    }
}

/// An image that containers run, with what they ran before.
public struct ImageChange: Sendable, Hashable {
    /// The image as the containers' task definitions name it.
    public let image: ImageReference
    /// The digest of its config for the host's platform; nil if it is not known.
    public let config: String?
    /// The containers that run it, sorted.
    public let containers: [String]
    /// The other names and digests of the images that these containers ran before; empty if they are new or ran this one.
    public let before: [ImageReference]
    /// Whether these containers ran the same image before; nil if that is not known.
    public let isAsBefore: Bool?

    /// Creates an image with what ran before it.
    public init(
        image: ImageReference, config: String?, containers: [String], before: [ImageReference], isAsBefore: Bool?
    ) {
        self.image = image
        self.config = config
        self.containers = containers
        self.before = before
        self.isAsBefore = isAsBefore
    }

    fileprivate init(of group: [RunningImage], before: [String: [RunningImage]]?) {
        let same = group.map { image -> Bool? in
            guard let before else { return nil }
            let comparisons = (before[image.container] ?? []).map { $0.isSameImage(as: image) }
            return comparisons.contains(true) ? true : comparisons.contains(nil) ? nil : false
        }
        let isAsBefore = same.contains(false) ? false : same.contains(nil) ? nil : true
        let others = group.flatMap { image in
            (before?[image.container] ?? []).filter { isAsBefore != true || $0.isSameImage(as: image) == true }
        }
        self.init(
            image: group[0].image, config: group[0].config, containers: Set(group.map(\.container)).sorted(),
            before: others.map(\.image).reduce(into: []) { found, image in
                if image != group[0].image, !found.contains(image) { found.append(image) }
            }, isAsBefore: isAsBefore)
    }
}
