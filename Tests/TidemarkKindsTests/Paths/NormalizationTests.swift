import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct NormalizationTests {
    private let keyed = ListRule.keyed(by: [
        "Namespace", "OptionName", KeyMember("ResourceName", ignoringPrefix: "AWSEB"),
    ])

    @Test(
        arguments: [
            (["Namespace": "aws:ec2:vpc", "OptionName": "Subnets", "Value": "x"], "aws:ec2:vpc/Subnets"),
            (["Namespace": "n", "OptionName": "o", "ResourceName": "AWSEBAutoScalingGroup"], "n/o"),
            (["Namespace": "n", "OptionName": "o", "ResourceName": "nightly"], "n/o/nightly"),
            (["Namespace": "n"], "n"),
            (["Namespace": ["x"]], nil), (["Value": "x"], nil), ("n", nil),
        ] as [(JSON, String?)])
    func `an element is keyed by the members that it has`(element: JSON, key: String?) {
        #expect(keyed.key(of: element) == key)
    }

    @Test func `numbers and booleans can be part of a key`() {
        let rule = ListRule.keyed(by: ["IpProtocol", "FromPort", "Open"])
        #expect(rule.key(of: ["IpProtocol": "tcp", "FromPort": 5432, "Open": true]) == "tcp/5432/true")
    }

    @Test func `only a keyed list has keys`() {
        #expect(ListRule.ordered.key(of: ["a": "b"]) == nil)
        #expect(ListRule.unordered.key(of: ["a": "b"]) == nil)
    }

    @Test func `a list in another order gives the same bytes`() {
        let lists: ListRules = ["Keyed": .keyed(by: ["Id"]), "Keyed[].Inner": .keyed(by: ["Name"])]
        let value: JSON = [
            "Plain": ["b", 1, "a", ["x": [3, 2, 1]]],
            "Keyed": [["Id": "2", "Inner": [["Name": "q"], ["Name": "p"]]], ["Id": "1"], ["NoId": true]],
        ]
        let normalization = Normalization(volatile: [], lists: lists)
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<100 {
            #expect(
                normalization.apply(to: value.shuffled(using: &generator)).canonicalBytes
                    == normalization.apply(to: value).canonicalBytes)
        }
    }

    @Test func `an ordered list keeps its order, the lists in its elements do not`() {
        let normalization = Normalization(volatile: [], lists: ["Steps": .ordered])
        #expect(
            normalization.apply(to: ["Steps": [["T": ["b", "a"]], ["A": 1]]]) == [
                "Steps": [["T": ["a", "b"]], ["A": 1]]
            ])
    }

    @Test func `no element of a list is lost, however often it occurs`() {
        #expect(Normalization(volatile: [], lists: [:]).apply(to: ["b", "a", "b"]) == ["a", "b", "b"])
    }

    @Test func `an empty list is the same as none`() {
        let normalization = Normalization(volatile: [], lists: [:])
        #expect(normalization.apply(to: ["a": 1, "b": [], "c": ["d": []]]) == ["a": 1, "c": [:]])
    }

    @Test func `empty texts, objects and null are something`() {
        let value: JSON = ["a": "", "b": [:], "c": nil]
        #expect(Normalization(volatile: [], lists: [:]).apply(to: value) == value)
    }

    @Test func `volatile paths are cut before lists are sorted`() {
        let normalization = Normalization(volatile: ["Time", "List[].Time", "In.Time"], lists: [:])
        let first: JSON = ["Time": 1, "List": [["Time": 9, "Id": "a"], ["Time": 1, "Id": "b"]], "In": ["Time": 1]]
        let second: JSON = ["Time": 2, "List": [["Time": 5, "Id": "b"], ["Time": 6, "Id": "a"]], "In": ["Time": 2]]

        #expect(normalization.apply(to: first) == normalization.apply(to: second))
        #expect(normalization.apply(to: first) == ["List": [["Id": "a"], ["Id": "b"]], "In": [:]])
    }

    @Test func `a volatile path cuts nothing of that name elsewhere`() {
        let normalization = Normalization(volatile: ["Status"], lists: [:])
        #expect(normalization.apply(to: ["Status": 1, "In": ["Status": 2]]) == ["In": ["Status": 2]])
    }
}

extension JSON {
    fileprivate func shuffled(using generator: inout SeededGenerator) -> JSON {
        switch self {
        case .array(let values): .array(values.map { $0.shuffled(using: &generator) }.shuffled(using: &generator))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { ($0.key, $0.value.shuffled(using: &generator)) }.shuffled(using: &generator)))
        default: self
        }
    }
}
