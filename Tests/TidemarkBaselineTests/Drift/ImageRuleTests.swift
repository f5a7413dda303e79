import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The rules about images: what the bundle names, what runs, and what the registry has.
struct ImageRuleTests {
    private static let uri = "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend"
    private let container = ResourceID(.ecsContainer, "django")

    /// A stack whose container runs `antenna-backend:v10`, index `sha256:a`, of which `linux/amd64` has config `sha256:1`.
    private func stack(_ changed: [FacetID: JSON?] = [:]) -> [FacetID: JSON] {
        var facets: [FacetID: JSON] = [
            container.described: running("v10", "sha256:a"), tag("v10"): ["imageDigest": "sha256:a"],
            ResourceID(.ecrRepository, Self.uri).described: ["imageTagMutability": "IMMUTABLE"],
            ResourceID(.ecrImage, Self.uri).described: images("sha256:a"),
            ResourceID(.elasticBeanstalkBundle, "antenna-prod").described: bundle("\(Self.uri):v10"),
            ResourceID(.ec2Instance, "i-1").described: ["Architecture": "x86_64"],
        ]
        facets.merge(index("sha256:a", amd64: "sha256:a1", config: "sha256:1")) { $1 }
        for (facet, content) in changed { facets[facet] = content }
        return facets
    }

    private func tag(_ name: String) -> FacetID { ResourceID(.ecrTag, "\(Self.uri):\(name)").described }

    private func running(_ tag: String, _ digest: JSON) -> JSON {
        let image: JSON = ["name": "django", "image": .string("\(Self.uri):\(tag)"), "imageDigest": digest]
        return ["tasks": [["taskDefinitionArn": "antenna:10", "containers": [image]]]]
    }

    private func images(_ digests: JSON...) -> JSON {
        [
            "imageDetails": .array(
                digests.enumerated().map { ["imageDigest": $1, "imagePushedAt": .string("2026-11-2\($0)T10:00:00Z")] })
        ]
    }

    private func bundle(_ image: String) -> JSON {
        ["Dockerrun": ["containerDefinitions": [["name": "django", "image": .string(image)]]]]
    }

    /// An index with an image for each of two platforms, and an attestation.
    private func index(_ digest: String, amd64: String, config: String, created: String? = nil) -> [FacetID: JSON] {
        let arm64 = "\(amd64)-arm64"
        func child(_ digest: String, _ architecture: JSON) -> JSON {
            ["digest": .string(digest), "platform": ["os": "linux", "architecture": architecture]]
        }
        var facets: [FacetID: JSON] = [
            manifest(digest).described: [
                "imageManifest": ["manifests": [child(amd64, "amd64"), child(arm64, "arm64")]]
            ]
        ]
        let labels: JSON = created.map { ["org.opencontainers.image.created": .string($0)] } ?? [:]
        for (digest, architecture, config) in [(amd64, "amd64", config), (arm64, "arm64", "\(config)-arm64")] {
            facets[manifest(digest).described] = [
                "imageManifest": [
                    "config": [
                        "mediaType": "application/vnd.oci.image.config.v1+json", "digest": .string(config),
                    ]
                ]
            ]
            facets[FacetID(manifest(digest), "config")] = [
                "os": "linux", "architecture": .string(architecture), "labels": labels,
            ]
        }
        return facets
    }

    private func manifest(_ digest: String) -> ResourceID { ResourceID(.ecrManifest, "\(Self.uri)@\(digest)") }

    /// The tag points at another index: of the same image, or of another one.
    private func pushed(_ config: String, created: (own: String, now: String)? = nil) -> [FacetID: JSON?] {
        var changed: [FacetID: JSON?] = [tag("v10"): ["imageDigest": "sha256:b"]]
        changed.merge(index("sha256:b", amd64: "sha256:b1", config: config, created: created?.now)) { $1 }
        if let created {
            changed.merge(index("sha256:a", amd64: "sha256:a1", config: "sha256:1", created: created.own)) { $1 }
        }
        return changed
    }

    /// The findings, each as its rule and its sentence or the reason why it is unseen.
    private func findings(_ changed: [FacetID: JSON?] = [:], gaps: [Gap] = [], _ yaml: String? = nil) throws -> [String]
    {
        let snapshot = try SnapshotView.of(stack(changed), gaps: gaps)
        let baseline = try yaml.map { try Baseline(yaml: "environment: antenna-production\n\($0)") }
        let drift = try Drift(
            of: snapshot, from: baseline ?? .builtInRules(of: snapshot.environment), now: Stack.start, maximumAge: nil)
        return drift.findings.filter { $0.rule.name.hasPrefix("image.") }.map { finding in
            if case .unseen(let unseen) = finding.status { return "\(finding.rule.name) unseen: \(unseen.reason)" }
            return "\(finding.rule.name): \(finding.sentence ?? "")"
        }
    }

    private let moved =
        "image.tag-moved: runs antenna-backend:v10 as sha256:a, and the tag points at another image, sha256:b"

    @Test func `a container that runs what its bundle and its tag name breaks no rule`() throws {
        #expect(try findings() == [])
    }

    @Test func `a tag that was pushed again with another attestation has not moved, and one of other bytes has`() throws
    {
        #expect(try findings(pushed("sha256:1")) == [])
        #expect(try findings(pushed("sha256:2")).first == moved)
        let snapshot = try SnapshotView.of(stack(pushed("sha256:1")))
        #expect(
            snapshot.seen("tag-moved", of: container) == false
                && snapshot.seen("registry-digest", of: container) == "sha256:b")
    }

    @Test func `images of another platform do not count, and without a platform they all do`() throws {
        var changed = pushed("sha256:1")
        let arm64 = manifest("sha256:b1-arm64").described
        changed[arm64] = [
            "imageManifest": [
                "config": ["mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:other"]
            ]
        ]
        #expect(try findings(changed) == [])
        changed[ResourceID(.ec2Instance, "i-1").described] = .some(nil)
        #expect(try findings(changed).first == moved)
    }

    @Test func `digests that differ are unseen where a manifest is not known, and never moved`() throws {
        let changed: [FacetID: JSON?] = [tag("v10"): ["imageDigest": "sha256:b"]]
        let reason = "the manifest of sha256:b or its configuration is not recorded"
        #expect(try findings(changed).contains("image.tag-moved unseen: \(reason)"))
        #expect(try !findings(changed).contains { $0.hasPrefix("image.tag-moved: ") })
        let expectation = "expect: [ { name: x, resource: ec2.instance, is: { Architecture: x86_64 } } ]"
        #expect(try findings(changed, expectation).filter { $0.hasPrefix("image.tag-moved") } == [])
        #expect(try SnapshotView.of(stack(changed)).isUnseen("tag-moved", of: container))
        let denied = Gap.denied("ecr", "BatchGetImage", facets: [manifest("sha256:b").described])
        #expect(try findings(changed, gaps: [denied]).contains("image.tag-moved unseen: \(Unseen(denied).reason)"))
    }

    @Test func `an image is older than its tag's by the time of the push, or by its label`() throws {
        let name = "image.older-than-tag"
        let labels = (own: "2026-11-01T00:00:00Z", now: "2026-11-09T00:00:00Z")
        let older = try findings(pushed("sha256:2", created: labels)).first { $0.hasPrefix(name) }
        #expect(
            older
                == "\(name): runs antenna-backend:v10 as it was built 2026-11-01 00:00:00Z, and the tag points at an image that was built 2026-11-09 00:00:00Z"
        )
        let rolledBack = try findings(pushed("sha256:2", created: (own: labels.now, now: labels.own)))
        #expect(!rolledBack.contains { $0.hasPrefix(name) })
        var both = pushed("sha256:2")
        both[ResourceID(.ecrImage, Self.uri).described] = images("sha256:a", "sha256:b")
        #expect(
            try findings(both).contains {
                $0.hasPrefix("\(name): runs antenna-backend:v10 as it was pushed 2026-11-20 ")
            })
        #expect(
            try findings(pushed("sha256:2")).contains("\(name) unseen: it is not known which of the images is older"))
    }

    @Test func `a running image without a tag is untagged, and one that was removed is gone`() throws {
        let untagged = try findings([tag("v10"): .some(nil), tag("v9"): ["imageDigest": "sha256:c"]])
        #expect(untagged == ["image.untagged: runs sha256:a, at which no tag of antenna-backend points"])
        #expect(try findings([tag("v10"): .some(nil), tag("v9"): ["imageDigest": "sha256:a"]]) == [])
        let gone = try findings([ResourceID(.ecrImage, Self.uri).described: ["imageDetails": []]])
        #expect(gone == ["image.gone: runs sha256:a, which antenna-backend does not have any more"])
        let unlisted = Gap(
            question: Question(service: "ecr", operation: "ListImages", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ecrTag, prefix: "\(Self.uri):")], kinds: [.ecrTag])
        #expect(try findings([tag("v10"): .some(nil)], gaps: [unlisted]).allSatisfy { $0.contains(" unseen: ") })
        let denied = Gap.denied("ecr", "DescribeImages", facets: [ResourceID(.ecrImage, Self.uri).described])
        #expect(
            try findings(gaps: [denied])
                == ["image.untagged", "image.gone"].map { "\($0) unseen: \(Unseen(denied).reason)" })
    }

    @Test func `a container that runs another image than the bundle names is not intended`() throws {
        let bundle = ResourceID(.elasticBeanstalkBundle, "antenna-prod").described
        let found = try findings([bundle: self.bundle("\(Self.uri):v11")])
        #expect(
            found
                == [
                    "image.not-intended: runs antenna-backend:v10, and the bundle of the running version names antenna-backend:v11"
                ]
        )
        // Two names of one image.
        #expect(try findings([bundle: self.bundle("\(Self.uri):v11"), tag("v11"): ["imageDigest": "sha256:a"]]) == [])
        #expect(try findings([bundle: self.bundle("\(Self.uri)@sha256:a")]) == [])
        #expect(try findings([bundle: self.bundle("redis:7")]).count == 1)
    }

    @Test func `a mutable tag is a note where the rule is named`() throws {
        let mutable: [FacetID: JSON?] = [
            ResourceID(.ecrRepository, Self.uri).described: ["imageTagMutability": "MUTABLE"]
        ]
        let note = "image.mutable-tag: its tags can be moved, and containers run antenna-backend:v10"
        #expect(try findings(mutable) == [note])
        let expectation = "expect: [ { name: x, resource: ec2.instance, is: { Architecture: x86_64 } } ]"
        #expect(try findings(mutable, expectation) == [])
        #expect(try findings(mutable, "\(expectation)\nrules: { image.mutable-tag: error }") == [note])
    }

    @Test func `a waiver of a moved tag accepts the image at which it points, until it moves again`() throws {
        let expectation = "expect: [ { name: x, resource: ec2.instance, is: { Architecture: x86_64 } } ]"
        func drift(_ changed: [FacetID: JSON?], _ rest: String = "") throws -> Drift {
            try Drift(
                of: .of(stack(changed)),
                from: Baseline(yaml: "environment: antenna-production\n\(expectation)\n\(rest)"),
                now: Stack.start, maximumAge: nil)
        }
        let finding = try #require(drift(pushed("sha256:2")).findings.first { $0.rule.name == "image.tag-moved" })
        let waivers = "waivers: [ \(finding.waiver()) ]"
        #expect(
            try drift(pushed("sha256:2"), waivers).findings.first { $0.rule.name == "image.tag-moved" }?.isWaived
                == true)
        #expect(
            try drift(pushed("sha256:3"), waivers).findings.first { $0.rule.name == "image.tag-moved" }?.isWaived
                == false)
    }
}
