import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct FingerprintTests {
    private let facet = FacetID(Stack.environment, "OptionSettings")

    private func key(_ byte: UInt8) throws -> FingerprintKey { try FingerprintKey(Array(repeating: byte, count: 16)) }

    /// The fingerprints of some options, by path and part.
    private func fingerprints(_ options: [JSON], key: FingerprintKey) throws -> [String: Fingerprint.Value] {
        let definition = try #require(KindDefinition.elasticBeanstalkEnvironment.facet("OptionSettings"))
        let secrets = definition.read(.array(options), names: PropertyNames()).secrets
        let all = Fingerprint.all(of: secrets, in: facet, key: key)
        #expect(Set(all.map(\.location)).count == all.count, "two fingerprints have one place")
        return all.reduce(into: [:]) { $0["\($1.location.path) \($1.location.part)"] = $1.value }
    }

    @Test func `a key of less than 16 bytes is refused`() {
        #expect(throws: Failure.self) { try FingerprintKey(Array(repeating: 1, count: 15)) }
        #expect(throws: Failure.self) { try FingerprintKey([]) }
        #expect(throws: Never.self) { try key(1) }
    }

    @Test func `one value under one key has one fingerprint`() throws {
        let options = [Stack.property("POSTGRES_PASSWORD", "hunter2")]
        #expect(try fingerprints(options, key: key(1)) == fingerprints(options, key: key(1)))
    }

    @Test func `the fingerprint is the HMAC of the value's bytes`() throws {
        let value = try fingerprints([Stack.property("X", "hunter2")], key: key(1)).values.first
        #expect(value?.key == "775692a25b4faaa749bc42c751169b4fc7fd07c845cdb0f4785b7d348cae06d3")
        #expect(value?.code == "63da10eec6598785cbe709ca47f248f1936a36e6c52114e775ca5df60649ded6")
    }

    @Test func `under another key both id and fingerprint are others`() throws {
        let options = [Stack.property("POSTGRES_PASSWORD", "hunter2")]
        let first = try #require(try fingerprints(options, key: key(1)).values.first)
        let second = try #require(try fingerprints(options, key: key(2)).values.first)

        #expect(first.key != second.key)
        #expect(first.code != second.code)
    }

    @Test func `a rotated property changes its own fingerprint and no other`() throws {
        func options(_ password: String) -> [JSON] {
            [
                Stack.property("POSTGRES_PASSWORD", .string(password)), Stack.property("SENDGRID_API_KEY", "SG.1"),
                Stack.property("DATABASE_URL", .string("postgres://antenna:\(password)@db/antenna")),
            ]
        }
        let before = try fingerprints(options("hunter2"), key: key(1))
        let after = try fingerprints(options("hunter3"), key: key(1))

        #expect(before.keys.sorted() == after.keys.sorted())
        #expect(
            before.filter { after[$0.key] != $0.value }.keys.sorted() == [
                "[aws:elasticbeanstalk:application:environment/DATABASE_URL].Value user-info",
                "[aws:elasticbeanstalk:application:environment/POSTGRES_PASSWORD].Value value",
            ])
    }

    @Test func `an empty value has no fingerprint`() throws {
        #expect(try fingerprints([Stack.property("POSTGRES_PASSWORD", "")], key: key(1)).isEmpty)
    }

    @Test func `a presigned URL has none either, since it is another one each time`() throws {
        let source = Stack.option(
            "aws:cloudformation:template:parameter", "AppSource", "https://s3.example/a?X-Amz-Signature=1")
        #expect(try fingerprints([source], key: key(1)).isEmpty)
    }

    @Test func `two settings of one name have two locations`() throws {
        func setting(_ resource: JSON, _ value: JSON) -> JSON {
            ["Namespace": "aws:unheard:of", "OptionName": "Token", "ResourceName": resource, "Value": value]
        }
        let settings = [setting("AWSEBAutoScalingGroup", "one"), setting("AWSEBLoadBalancer", "two")]
        #expect(try fingerprints(settings, key: key(1)).count == 2)
    }

    @Test func `the unknown parameters of a URL have one place`() throws {
        let url = Stack.property("DATABASE_URL", "postgres://db/antenna?options=one&options=two")
        #expect(try fingerprints([url], key: key(1)).count == 1)
    }
}
