import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

/// The address of a secret contains no secret and does not depend on AWS's order.
struct RedactorTests {
    private static func read(
        _ content: JSON, lists: ListRules = [:], volatile: Set<AttributePattern> = []
    ) -> (content: JSON, secrets: [CutSecret]) {
        FacetDefinition("description", at: "", volatile: volatile, lists: lists).read(content, names: PropertyNames())
    }

    private static func fingerprints(_ content: JSON, lists: ListRules = [:]) throws -> [String: String] {
        let key = try FingerprintKey(Array(repeating: 1, count: 16))
        let facet = FacetID(Stack.environment, "description")
        let all = Fingerprint.all(of: read(content, lists: lists).secrets, in: facet, key: key)
        #expect(Set(all.map(\.location)).count == all.count, "two fingerprints have one place")
        return all.reduce(into: [:]) { $0["\($1.location.path) \($1.location.part)"] = $1.value?.code }
    }

    private static let packages: ListRules = ["packages": .keyed(by: ["Name"])]

    private static func packages(_ passwords: String...) -> JSON {
        ["packages": .array(passwords.map { ["Name": .string("https://deploy:\($0)@rpm.example.org/agent.rpm")] })]
    }

    @Test func `a path has the key of a redacted element`() throws {
        let paths = try Self.fingerprints(Self.packages("hunter2"), lists: Self.packages).keys
        #expect(Array(paths) == ["packages[https://REDACTED@rpm.example.org/agent.rpm].Name user-info"])
    }

    @Test func `a secret in a key that is rotated stays at its place`() throws {
        let before = try Self.fingerprints(Self.packages("hunter2"), lists: Self.packages)
        let after = try Self.fingerprints(Self.packages("hunter3"), lists: Self.packages)
        #expect(before.keys == after.keys)
        #expect(before != after)
    }

    @Test(arguments: [[:], Self.packages] as [ListRules])
    func `elements that are equal but for their secrets have one place, in any order`(lists: ListRules) throws {
        let before = try Self.fingerprints(Self.packages("one", "two", "three"), lists: lists)
        #expect(before.count == 1)
        #expect(try Self.fingerprints(Self.packages("three", "one", "two"), lists: lists) == before)
        // The one that is rotated now sorts before the others, and now behind them.
        for rotated in ["aaa", "zzz"] {
            let after = try Self.fingerprints(Self.packages("one", rotated, "three"), lists: lists)
            #expect(after.keys == before.keys && after != before)
        }
    }

    @Test func `elements without a key stay where they are when another comes`() throws {
        func rules(_ names: String...) -> JSON {
            ["rules": .array(names.map { ["Name": .string($0), "URL": .string("https://u:\($0)@h")] })]
        }
        let before = try Self.fingerprints(rules("b", "c"))
        let after = try Self.fingerprints(rules("a", "c", "b"))
        #expect(before.count == 2 && after.count == 3)
        #expect(before.allSatisfy { after[$0.key] == $0.value })
    }

    @Test func `elements with one key that differ in what is kept have locations of their own`() throws {
        let settings: JSON = [
            "packages": [
                ["Name": "a", "n": 1, "URL": "https://one@h"], ["Name": "a", "n": 2, "URL": "https://two@h"],
            ]
        ]
        #expect(try Self.fingerprints(settings, lists: Self.packages).count == 2)
    }

    @Test func `the elements of an ordered list are addressed by their index`() throws {
        let lists: ListRules = ["rules": .ordered]
        let paths = try Self.fingerprints(["rules": ["https://one@h", "https://two@h"]], lists: lists).keys
        #expect(paths.sorted() == ["rules[0] user-info", "rules[1] user-info"])
    }

    @Test func `a member's name is redacted too, and no member is lost`() {
        let read = Self.read(["https://u:one@h": 1, "https://u:two@h": 2, "https://u:three@h": 2, "plain": 3])
        #expect(!read.content.canonical.contains("one") && !read.content.canonical.contains("two"))
        #expect(
            read.secrets.allSatisfy { !$0.path.description.contains("one") && !$0.path.description.contains("two") })
        // Two were equal but for their secrets.
        #expect(read.content.object?.count == 3 && read.secrets.count == 3)
    }

    @Test func `what changes by itself has no fingerprint`() {
        let read = Self.read(["Reason": "see https://h/?at=12:30", "Name": "a"], volatile: ["Reason"])
        #expect(read.content == ["Name": "a"] && read.secrets.isEmpty)
    }

    // MARK: Policies

    /// Where every kind has policies: its facet, and the member that holds one.
    private static let policies: [(kind: Kind, facet: String, member: String?)] = [
        (.s3Bucket, "Policy", nil), (.ecrRepository, "policyText", nil),
        (.iamRole, "description", "AssumeRolePolicyDocument"), (.iamRole, "RolePolicyList", "PolicyDocument"),
        (.iamPolicy, "PolicyVersion", "Document"),
    ]

    private static func content(_ policy: JSON, in member: String?, of facet: String) -> JSON {
        guard let member else { return policy }
        return facet == "RolePolicyList" ? [[.init(member): policy]] : [.init(member): policy]
    }

    @Test(arguments: ["aws:Referer", "AWS:referer", "aws:UserAgent"], ["hunter2", ["hunter2", "hunter3"]] as [JSON])
    func `the header that a policy wants is a secret`(key: String, value: JSON) throws {
        for (kind, facet, member) in Self.policies {
            let definition = try #require(KindRegistry.all[kind]?.facet(facet))
            for operation in ["StringEquals", "StringLike", "ForAnyValue:StringNotLike"] {
                let statement: JSON = [
                    "Condition": [.init(operation): [.init(key): value, "aws:SourceIp": "203.0.113.0/24"]]
                ]
                for statements in [statement, [statement]] {
                    let policy = Self.content(["Statement": statements], in: member, of: facet)
                    let read = definition.read(policy, names: PropertyNames())
                    #expect(!read.content.canonical.contains("hunter"))
                    #expect(read.content.canonical.contains("203.0.113.0/24"))
                    #expect(read.secrets.count == 1)
                }
            }
        }
    }

    @Test func `a policy that cannot be read is redacted whole`() throws {
        for (kind, facet, member) in Self.policies where member != nil {
            let definition = try #require(KindRegistry.all[kind]?.facet(facet))
            let text = Self.content("%7B%22aws%3AReferer%22%3A%22hunter2", in: member, of: facet)
            #expect(
                definition.read(text, names: PropertyNames()).content
                    == Self.content(Redacted.value, in: member, of: facet))
        }
    }
}
