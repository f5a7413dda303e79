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
        let before = before?.byContainer
        let compared = running.images.map { ContainerComparison($0, before: before) }
        images = Dictionary(grouping: compared, by: \.key).values.map(ImageChange.init)
            .sorted { ($0.image.name, $0.containers.first ?? "") < ($1.image.name, $1.containers.first ?? "") }
    }

    /// Whether the version is another one.
    public var changesVersion: Bool { before.map { $0.version != running.version } ?? false }
    /// The images that containers did not run before, or of which that is not known.
    public var changedImages: [ImageChange] { images.filter { $0.isAsBefore != true } }
    /// The images that are the same as before under another digest or name: they were pushed or tagged again.
    public var sameUnderOtherNames: [ImageChange] { images.filter { $0.isAsBefore == true && !$0.before.isEmpty } }
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

    /// - Parameter group: Containers that run one image, and ran the same ones before.
    fileprivate init(_ group: [ContainerComparison]) {
        self.init(
            image: group[0].running.image, config: group[0].running.config,
            containers: Set(group.map(\.running.container)).sorted(), before: group[0].before,
            isAsBefore: group[0].isAsBefore)
    }
}

/// An image in a container, compared with what the container ran before.
private struct ContainerComparison {
    let running: RunningImage
    let isAsBefore: Bool?
    /// The other names and digests of the images before.
    let before: [ImageReference]

    /// - Parameter before: The images of each container; nil if they are not known.
    init(_ running: RunningImage, before: [String: [RunningImage]]?) {
        self.running = running
        let others = before?[running.container] ?? []
        let same = others.map { $0.isSameImage(as: running) }
        isAsBefore = before == nil ? nil : same.contains(true) ? true : same.contains(nil) ? nil : false
        let shown = isAsBefore == true ? zip(others, same).filter { $0.1 == true }.map(\.0) : others
        self.before = shown.map(\.image).filter { $0 != running.image }
    }

    struct Key: Hashable {
        let image: [String?]
        let isAsBefore: Bool?
        let before: [ImageReference]
    }

    var key: Key {
        let image = running.image
        return Key(
            image: [image.repository, image.tag, running.config ?? image.digest], isAsBefore: isAsBefore, before: before
        )
    }
}
