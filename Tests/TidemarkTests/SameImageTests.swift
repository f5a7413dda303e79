import Testing
import Tidemark

/// Images are compared by the digests of their configs.
struct SameImageTests {
    private func facet(_ name: String) -> FacetID {
        FacetID(ResourceID(Kind(rawValue: "ecr.manifest"), name), Snapshot.description)
    }

    /// The configs that an index of manifests knows.
    private func manifests(_ parts: (String, ManifestPart.Content)...) -> ManifestIndex {
        var index = ManifestIndex()
        for (number, (digest, content)) in parts.enumerated() {
            index.set(facet("\(digest) \(number)"), to: ManifestPart(digest: digest, content))
        }
        _ = index.newConfigs()
        return index
    }

    private func child(_ platform: String, _ digest: String) -> ManifestPart.Child {
        ManifestPart.Child(platform: platform, digest: digest)
    }

    private func running(_ digest: String?, _ config: String?, tag: String = "v9") -> RunningImage {
        RunningImage(
            container: "django", image: ImageReference(repository: "backend", tag: tag, digest: digest), config: config)
    }

    @Test(
        arguments: [
            ("a", "c", "a", "c", true), ("a", nil, "a", nil, true), ("a", "c", "b", "c", true),
            ("a", "c", "b", "d", false), ("a", "c", "b", nil, nil), ("a", nil, "b", nil, nil),
        ] as [(String, String?, String, String?, Bool?)])
    func `two digests are the same image if their configs are`(
        one: String, config: String?, other: String, otherConfig: String?, isSame: Bool?
    ) {
        #expect(running(one, config).isSameImage(as: running(other, otherConfig)) == isSame)
    }

    @Test func `images without a digest are compared by their names`() {
        #expect(running(nil, nil).isSameImage(as: running(nil, nil)) == true)
        #expect(running(nil, nil).isSameImage(as: running(nil, nil, tag: "v10")) == false)
        #expect(running(nil, nil).isSameImage(as: running("a", nil)) == false)
    }

    @Test func `a host has the config of its platform`() {
        let index = manifests(
            ("i", .index([child("linux/amd64", "x"), child("linux/arm64", "y")])), ("x", .image(config: "cx")),
            ("y", .image(config: "cy")))
        #expect(index.config(of: "i", for: "linux/amd64") == "cx")
        #expect(index.config(of: "i", for: "linux/arm64") == "cy")
        #expect(index.config(of: "i", for: "linux/386") == nil)
        // Indexes are the same on an unknown host only if they are for every platform.
        #expect(index.config(of: "i", for: nil) == "linux/amd64=cx,linux/arm64=cy")
    }

    @Test func `an index of one image has that image on an unknown host too`() {
        let index = manifests(("i", .index([child("linux/amd64", "x")])), ("x", .image(config: "cx")))
        #expect(index.config(of: "i", for: nil) == "cx" && index.config(of: "x", for: nil) == "cx")
    }

    @Test func `an index is not known until all its images are`() {
        let children = [child("linux/amd64", "x"), child("linux/arm64", "y")]
        #expect(
            manifests(("i", .index(children)), ("x", .image(config: "cx"))).config(of: "i", for: "linux/amd64") == nil)
    }

    @Test func `what a digest is stays known when its manifest leaves the state`() {
        var index = manifests(("x", .image(config: "cx")))
        index.set(facet("x 0"), to: nil)
        #expect(index.newConfigs().isEmpty && index.config(of: "x", for: "linux/amd64") == "cx")
    }

    @Test func `another version, image or container is a deployment, and a container without a task is not`() {
        let set = RunningSet(version: "v9", images: [running("a", "c")])
        func isDeployment(_ version: String, _ images: [RunningImage]) -> Bool {
            RunningSet(version: version, images: images).isDeployment(after: set)
        }
        #expect(!isDeployment("v9", [running("b", "c", tag: "production")]) && !isDeployment("v9", []))
        #expect(isDeployment("v10", [running("a", "c")]) && isDeployment("v9", [running("b", "d")]))
        #expect(isDeployment("v9", [running("a", "c"), running("b", "d")]) && isDeployment("v9", [running("b", nil)]))
        let worker = RunningImage(container: "worker", image: running("a", "c").image, config: "c")
        #expect(isDeployment("v9", [running("a", "c"), worker]))
    }

    @Test func `containers with one image are grouped by what they ran before`() {
        let before = RunningSet(
            version: nil,
            images: [
                RunningImage(container: "one", image: running("a", "c").image, config: "c"),
                RunningImage(container: "two", image: running("b", "d").image, config: "d"),
            ])
        let now = before.images.map {
            RunningImage(container: $0.container, image: before.images[1].image, config: "d")
        }
        let change = RunningChange(from: before, to: RunningSet(version: nil, images: now))
        #expect(change.changedImages.map(\.containers) == [["one"]])
        #expect(change.images.filter { $0.isAsBefore == true }.map(\.containers) == [["two"]])
    }
}
