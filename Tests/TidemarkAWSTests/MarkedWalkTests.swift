import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS

/// Resources that one answer lists with those of other environments: the alarms of a region.
struct MarkedWalkTests {
    private let other = ResourceID(.cloudWatchAlarm, "other-cpu")
    private let deleted = ResourceID(.cloudWatchAlarm, "deleted")

    @Test func `only linked resources count`() async throws {
        let observation = try await Script().walk()
        #expect(observation.content(Script.alarm)?["MetricName"] == "CPUUtilization")
        #expect(observation.content(Script.alarm, "reach") == ["reached": true])
        #expect(!observation.isAnswered(other))
        #expect(observation.coverage.questions.filter { $0.operation == "DescribeAlarms" }.count == 1)
    }

    @Test func `a known and listed one that is no longer linked was left`() async throws {
        let observation = try await Script().walk(known: [other])
        #expect(observation.content(other)?["MetricName"] == "CPUUtilization")
        #expect(observation.content(other, "reach") == ["reached": false])
    }

    @Test func `a known one that is not listed is gone`() async throws {
        let observation = try await Script().walk(known: [deleted, Script.alarm])
        #expect(observation.isGone(deleted))
        #expect(observation.content(deleted, "reach") == Snapshot.tombstone(wasSeen: true))
        #expect(observation.coverage.gaps.isEmpty)
        #expect(observation.content(Script.alarm, "reach") == ["reached": true])
    }

    @Test func `the reach of a known one is unseen if the question that leads there failed`() async throws {
        let observation = try await Script().failing("DescribeDBInstances").walk(known: [Script.alarm, deleted])
        #expect(observation.content(Script.alarm)?["MetricName"] == "CPUUtilization")
        #expect(!observation.isAnswered(Script.alarm, "reach"))
        #expect(
            observation.coverage.gaps.over(FacetID(Script.alarm, "reach"))?.question.operation == "DescribeDBInstances")
        #expect(observation.coverage.gaps.hidingAny(of: Script.alarm.kind) != nil)
        // The list is complete, and it is not on it.
        #expect(observation.isGone(deleted))
    }

    @Test(arguments: [true, false])
    func `resources that could not be listed are unseen, not gone`(isDenied: Bool) async throws {
        let script = isDenied ? Script().failing("DescribeAlarms") : Script().answering("DescribeAlarms", [:])
        let observation = try await script.walk(known: [Script.alarm, deleted])
        #expect(observation.gap("DescribeAlarms")?.outcome == (isDenied ? .denied : .doubtful))
        for alarm in [Script.alarm, deleted] {
            #expect(!observation.isAnswered(alarm))
            #expect(!observation.isAnswered(alarm, "reach"))
            #expect(observation.coverage.gaps.over(FacetID(alarm, "description")) != nil)
            #expect(observation.coverage.gaps.over(FacetID(alarm, "reach")) != nil)
        }
    }

    @Test func `a deleted resource is gone, though AWS still describes it`() async throws {
        let left = ResourceID(.ecsCluster, "left")
        let observation = try await Script().with("DescribeClusters") { parameters in
            let name = parameters["clusters"]?.array?.first ?? .null
            let status: JSON = name == "left" ? "INACTIVE" : "ACTIVE"
            return .success(["clusters": [["clusterName": name, "status": status]]])
        }.walk(known: [left])
        #expect(observation.isGone(left))
        #expect(observation.content(Script.cluster)?["clusterName"] == "ours")
        #expect(observation.coverage.gaps.isEmpty)
    }
}
