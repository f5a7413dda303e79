import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark

struct StoredReasonTests {
    private static let unsettled: [UnsettledReason] = [
        .environmentStatus("Updating"), .configurationPending, .configurationUnknown, .changedDuringWalk,
        .changeUnknown(.aws(code: "Throttling", message: "slow down")),
        .changeUnknown(.client(cause: "unavailable", detail: "timed out")),
    ]
    private static let gaps: [GapReason] = [
        .call(.aws(code: "AccessDenied", message: "")), .call(.client(cause: "malformed", detail: "not XML")),
        .emptyAnswer, .missingMember("Role.RoleName"), .missingName("antenna:10"),
        .missingLead(Kind(rawValue: "ec2.subnet")), .missingEndpoints,
        .notLedTo(from: "ecs:ListTasks"), .unanswered("ecs:ListTasks"), .secretInName, .equalNames,
        .unreadableBundle(detail: "it is empty"),
        .unreadableFile("a.config", .notSections), .notYAML("a.config", line: 2, column: 1),
        .otherContent("sha256:aa"), .unreadableImage,
    ]

    @Test func `every reason survives being written and read, and has a code of its own`() throws {
        for reason in Self.unsettled {
            #expect(try UnsettledReason(json: JSON(parsing: reason.json.canonical)) == reason)
        }
        for reason in Self.gaps { #expect(try GapReason(json: JSON(parsing: reason.json.canonical)) == reason) }
        #expect(Set(Self.gaps.map(\.code.code)).count == Self.gaps.count)
        #expect(DeploymentFailure(DeploymentFailure.configurationFailed.code) == .configurationFailed)
    }

    @Test(
        arguments: [
            (["code": "paused", "since": 1, "by": ["a"]], #"paused (by ["a"], since 1)"#),
            (["code": "paused"], "paused"),
            // A known code without its value, and one with a value of a newer version.
            (["code": "environment-status"], "environment-status"),
            (["code": "configuration-pending", "since": "now"], "configuration-pending (since now)"),
            (["code": "a\u{1B}", "b": "\u{1B}"], "a\\u{1b} (b \\u{1b})"),
        ] as [(JSON, String)])
    func `the code of another version is kept, and shown with its values`(json: JSON, sentence: String) throws {
        let reason = try #require(UnsettledReason(json: json))
        #expect(reason.json == json)
        #expect(reason.sentence == sentence)
    }

    @Test(arguments: ["paused", [:], ["code": 1], [["code": "paused"]]] as [JSON])
    func `a reason without a code is refused`(json: JSON) {
        #expect(GapReason(json: json) == nil)
    }

    @Test func `a reason's values cannot redraw a terminal`() {
        let hostile = "a\u{1B}[2J\nb"
        let sentences =
            [
                UnsettledReason.environmentStatus(hostile), .changeUnknown(.aws(code: hostile, message: hostile)),
            ].map(\.sentence)
            + [
                GapReason.call(.aws(code: hostile, message: hostile)), .missingMember(hostile), .missingName(hostile),
                .unreadableBundle(detail: hostile), .unreadableFile(hostile, .notUTF8), .unanswered(hostile),
            ].map(\.sentence)
        #expect(sentences.allSatisfy { $0 == $0.printable && $0.contains("\\u{1b}") })
    }
}
