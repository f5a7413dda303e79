import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct BundleOptionsTests {
    private let bundle = ResourceID(.elasticBeanstalkBundle, "antenna-prod")
    private let environment = ResourceID(.elasticBeanstalkEnvironment, "antenna-prod")
    private static let group = "aws:autoscaling:asg"

    private static func setting(_ namespace: String, _ name: String, _ value: JSON) -> JSON {
        ["Namespace": .string(namespace), "OptionName": .string(name), "Value": value]
    }

    /// One file that sets options, and what is in force.
    private func facets(_ set: [JSON], inForce: [JSON], defaults: [JSON] = []) -> [FacetID: JSON] {
        [
            bundle.described: ["EBExtensions": [["File": "a.config", "option_settings": .array(set)]]],
            environment.described: [:], FacetID(environment, "OptionSettings"): .array(inForce),
            FacetID(environment, "ConfigurationOptions"): .array(defaults),
        ]
    }

    @Test(
        arguments: [
            ("1", "1", true), ("1", "4", false), ("1.0", "1", true), ("true", "True", true), ("yes", "true", false),
            ("a,b", "b, a", true), ("a,b", "a", false), ("", "", true), ("Rolling", "rolling", false),
        ])
    func `a value is overridden where it is another, not where it is spelled otherwise`(
        set: String, inForce: String, isEqual: Bool
    ) throws {
        let snapshot = try SnapshotView.of(
            facets(
                [Self.setting(Self.group, "MaxSize", .string(set))],
                inForce: [Self.setting(Self.group, "MaxSize", .string(inForce))]))
        let expected: JSON = isEqual ? [] : [.string("\(Self.group)/MaxSize: \(inForce), and in a.config \(set)")]
        #expect(snapshot.seen("overridden", of: bundle) == expected)
        #expect(snapshot.seen("not-applied", of: bundle) == [])
    }

    @Test func `the order in a property counts`() throws {
        let snapshot = try SnapshotView.of(
            facets([Stack.property("EB_HEALTHCHECK", "a,b")], inForce: [Stack.property("EB_HEALTHCHECK", "b,a")]))
        #expect(
            snapshot.seen("overridden", of: bundle) == [
                "aws:elasticbeanstalk:application:environment/EB_HEALTHCHECK: b,a, and in a.config a,b"
            ])
    }

    @Test(arguments: [("sg-1,sg-own", true), ("sg-own", false), ("sg-2,sg-own", false)])
    func `EB adds a group of its own to the security groups`(inForce: String, isEqual: Bool) throws {
        let namespace = "aws:autoscaling:launchconfiguration"
        let snapshot = try SnapshotView.of(
            facets(
                [Self.setting(namespace, "SecurityGroups", "sg-1")],
                inForce: [Self.setting(namespace, "SecurityGroups", .string(inForce))]))
        #expect((snapshot.seen("overridden", of: bundle) == []) == isEqual)
    }

    @Test func `the last of several files counts`() throws {
        var facets = facets([], inForce: [Self.setting(Self.group, "MaxSize", "2")])
        facets[bundle.described] = [
            "EBExtensions": [
                ["File": "a.config", "option_settings": [Self.setting(Self.group, "MaxSize", "1")]],
                ["File": "b.config", "option_settings": [Self.setting(Self.group, "MaxSize", "2")]],
            ]
        ]
        let snapshot = try SnapshotView.of(facets)
        #expect(snapshot.seen("overridden", of: bundle) == [])
        #expect(snapshot.seen("options", of: bundle) == ["aws:autoscaling:asg/MaxSize": "2"])
    }

    @Test func `an option that the environment does not have was not applied`() throws {
        let snapshot = try SnapshotView.of(facets([Self.setting("aws:elb:policies", "Typo", "1")], inForce: []))
        #expect(snapshot.seen("not-applied", of: bundle) == ["aws:elb:policies/Typo"])
        #expect(snapshot.seen("overridden", of: bundle) == [])
    }

    @Test func `what is computed when it is applied is not compared`() throws {
        let function: JSON = [
            "Namespace": "aws:ec2:vpc", "OptionName": "VPCId", "Value": "`{\"Ref\": \"Vpc\"}`", "IsFunction": true,
        ]
        let snapshot = try SnapshotView.of(facets([function], inForce: [Self.setting("aws:ec2:vpc", "VPCId", "vpc-1")]))
        #expect(snapshot.seen("overridden", of: bundle) == [])
        #expect(snapshot.seen("overridden-secrets", of: bundle) == [])
    }

    @Test func `what is neither set in the bundle nor a default was set outside`() throws {
        let snapshot = try SnapshotView.of(
            facets(
                [Self.setting(Self.group, "MaxSize", "1")],
                inForce: [
                    Self.setting(Self.group, "MaxSize", "4"), Self.setting(Self.group, "MinSize", "2"),
                    Self.setting(Self.group, "Cooldown", "360"), Self.setting(Self.group, "Zones", .null),
                    Self.setting(OptionSetting.template, "InstancePort", "80"),
                    Self.setting(OptionSetting.properties, "KEY", Redacted.value),
                ],
                defaults: [
                    ["Namespace": .string(Self.group), "Name": "Cooldown", "DefaultValue": "360"],
                    ["Namespace": .string(Self.group), "Name": "MinSize", "DefaultValue": "1"],
                ]))
        #expect(
            snapshot.seen("set-outside", of: bundle) == [
                "aws:autoscaling:asg/MinSize: 2", "aws:elasticbeanstalk:application:environment/KEY",
            ])
    }

    @Test(arguments: ["OptionSettings", "ConfigurationOptions"])
    func `what depends on an unseen facet is unseen`(_ facet: String) throws {
        let snapshot = try SnapshotView.of(
            facets([], inForce: []),
            gaps: [.denied("elasticbeanstalk", "Describe", facets: [FacetID(environment, facet)])])
        #expect(snapshot.isUnseen("set-outside", of: bundle))
        #expect(snapshot.isUnseen("overridden", of: bundle) == (facet == "OptionSettings"))
    }

    // MARK: Secrets

    /// The snapshot of one secret in the bundle and one in the environment, as a look gives it.
    private func snapshot(_ set: String, inForce: String, name: String = "KEY", key: FingerprintKey?) throws
        -> SnapshotView
    {
        try snapshot(
            facets(
                [Self.setting(OptionSetting.properties, name, .string(set))],
                inForce: [Self.setting(OptionSetting.properties, name, .string(inForce))]), key: key)
    }

    private func snapshot(_ contents: [FacetID: JSON], key: FingerprintKey?) throws -> SnapshotView {
        var observation = EnvironmentObservation.of([:], keyID: key?.id)
        for (facet, content) in contents {
            let definition = try #require(KindRegistry.all[facet.resource.kind]?.facet(facet.name))
            let (stored, secrets) = definition.read(content, names: PropertyNames())
            observation.facets.updateValue(stored, forKey: facet)
            if let key { observation.fingerprints += Fingerprint.all(of: secrets, in: facet, key: key) }
        }
        return SnapshotView(Snapshot(observation, of: try EnvironmentName("antenna-production")), kinds: .all)
    }

    @Test(
        arguments: [
            ("KEY", "hunter2", "hunter2", true), ("KEY", "hunter2", "hunter3", false),
            ("DATABASE_URL", "postgres://u:hunter2@db/a", "postgres://u:hunter2@db/a", true),
            ("DATABASE_URL", "postgres://u:hunter2@db/a", "postgres://u:hunter3@db/a", false),
        ])
    func `secrets are compared by their fingerprints`(name: String, set: String, inForce: String, isSame: Bool) throws {
        let key = try FingerprintKey(Array("0123456789abcdef".utf8))
        let snapshot = try snapshot(set, inForce: inForce, name: name, key: key)
        #expect(
            snapshot.seen("overridden-secrets", of: bundle)
                == (isSame ? [] : [.string("\(OptionSetting.properties)/\(name): another secret than in a.config")]))
        #expect(snapshot.seen("overridden", of: bundle) == [])
    }

    @Test func `the plain part of a URL is compared as it is`() throws {
        let snapshot = try snapshot(
            "postgres://u:hunter2@db/a", inForce: "postgres://u:hunter2@other/a", name: "DATABASE_URL", key: nil)
        #expect(
            snapshot.seen("overridden", of: bundle) == [
                .string(
                    "\(OptionSetting.properties)/DATABASE_URL: postgres://REDACTED@other/a, and in a.config "
                        + "postgres://REDACTED@db/a")
            ])
    }

    @Test(
        arguments: [
            ("hunter2", "hunter2", true, []), ("hunter3", "hunter2", true, ["aws:rds:dbinstance/DBUser"]),
            ("hunter2", "hunter2", false, ["aws:rds:dbinstance/DBUser"]),
        ] as [(JSON, JSON, Bool, JSON)])
    func `a fingerprint distinguishes a redacted default from another value`(
        inForce: JSON, byDefault: JSON, hasKey: Bool, outside: JSON
    ) throws {
        let key = hasKey ? try FingerprintKey(Array("0123456789abcdef".utf8)) : nil
        let snapshot = try snapshot(
            facets(
                [], inForce: [Stack.option("aws:rds:dbinstance", "DBUser", inForce)],
                defaults: [["Namespace": "aws:rds:dbinstance", "Name": "DBUser", "DefaultValue": byDefault]]),
            key: key)
        #expect(snapshot.seen("set-outside", of: bundle) == outside)
    }

    @Test func `without a key secrets cannot be compared, and the rest can`() throws {
        let snapshot = try snapshot("hunter2", inForce: "hunter3", key: nil)
        #expect(snapshot.isUnseen("overridden-secrets", of: bundle))
        #expect(snapshot.seen("overridden", of: bundle) == [])
    }
}
