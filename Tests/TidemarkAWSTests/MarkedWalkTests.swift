import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS

/// Resources that one answer lists together with others': of all alarms of a region, those of the environment.
struct MarkedWalkTests {
    private let other = ResourceID("cloudwatch.alarm", "other-cpu")
    private let deleted = ResourceID("cloudwatch.alarm", "deleted")

    @Test func `only what something leads to counts`() async throws {
        let look = try await Script().walk()
        #expect(look.content(Script.alarm)?["MetricName"] == "CPUUtilization")
        #expect(look.content(Script.alarm, "reach") == ["reached": true])
        #expect(!look.isAnswered(other))
        #expect(look.coverage.questions.filter { $0.operation == "DescribeAlarms" }.count == 1)
    }

    @Test func `one that is known and listed, and to which nothing leads, was left`() async throws {
        let look = try await Script().walk(known: [other])
        #expect(look.content(other)?["MetricName"] == "CPUUtilization")
        #expect(look.content(other, "reach") == ["reached": false])
    }

    @Test func `one that is known and not listed is gone`() async throws {
        let look = try await Script().walk(known: [deleted, Script.alarm])
        #expect(look.isGone(deleted))
        #expect(look.isGone(deleted, "reach"))
        #expect(look.coverage.gaps.isEmpty)
        #expect(look.content(Script.alarm, "reach") == ["reached": true])
    }

    @Test func `where what leads there was not answered, the reach of what is known is unseen`() async throws {
        let look = try await Script().failing("DescribeDBInstances").walk(known: [Script.alarm, deleted])
        #expect(look.content(Script.alarm)?["MetricName"] == "CPUUtilization")
        #expect(!look.isAnswered(Script.alarm, "reach"))
        #expect(look.coverage.gaps.over(FacetID(Script.alarm, "reach"))?.question.operation == "DescribeDBInstances")
        #expect(look.coverage.gaps.before(Script.alarm.kind) != nil)
        // It was asked for with all others, and is none of them.
        #expect(look.isGone(deleted))
    }

    @Test(arguments: [true, false])
    func `what could not be listed is unseen, and not gone`(isDenied: Bool) async throws {
        let script = isDenied ? Script().failing("DescribeAlarms") : Script().answering("DescribeAlarms", [:])
        let look = try await script.walk(known: [Script.alarm, deleted])
        #expect(look.gap("DescribeAlarms")?.outcome == (isDenied ? .denied : .doubtful))
        for alarm in [Script.alarm, deleted] {
            #expect(!look.isAnswered(alarm))
            #expect(!look.isAnswered(alarm, "reach"))
            #expect(look.coverage.gaps.over(FacetID(alarm, "description")) != nil)
            #expect(look.coverage.gaps.over(FacetID(alarm, "reach")) != nil)
        }
    }

    @Test func `what an answer says is deleted is gone, though it is described`() async throws {
        let left = ResourceID("ecs.cluster", "left")
        let look = try await Script().with("DescribeClusters") { parameters in
            let name = parameters["clusters"]?.array?.first ?? .null
            let status: JSON = name == "left" ? "INACTIVE" : "ACTIVE"
            return .success(["clusters": [["clusterName": name, "status": status]]])
        }.walk(known: [left])
        #expect(look.isGone(left))
        #expect(look.content(Script.cluster)?["clusterName"] == "ours")
        #expect(look.coverage.gaps.isEmpty)
    }
}
