import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct LogGroupTests {
    private let kind = KindDefinition.logsLogGroup
    private let group = ResourceID(.logsLogGroup, "/aws/elasticbeanstalk/antenna/environment-health.log")

    @Test func `an environment's log groups are not those of one whose name begins with its name`() throws {
        let members = try #require(kind.members)
        let scope = MemberScope(kind.kind, prefix: members.prefix("antenna"))
        #expect(scope.contains(group))
        #expect(
            !scope.contains(ResourceID(kind.kind, "/aws/elasticbeanstalk/antenna-production/environment-health.log")))
        let question = try #require(KindDefinition.elasticBeanstalkEnvironment.question("environment"))
        #expect(
            question.inputs(ofMembers: kind.kind, in: Stack.answer([:], about: "antenna"))
                == [["prefix": .string(scope.prefix)]])
    }

    @Test(arguments: [(["retentionInDays": 30], 30), ([:], "for ever")] as [(JSON, JSON)])
    func `the retention of events has a value even if none is set`(content: JSON, days: JSON) throws {
        #expect(try SnapshotView.of([group.described: content]).seen("retention-days", of: group) == days)
    }

    @Test func `the stored size is not part of a log group`() throws {
        let facet = try #require(kind.facet("description"))
        let content: JSON = ["logGroupName": "a", "storedBytes": 9, "metricFilterCount": 1]
        #expect(
            facet.read(content, names: PropertyNames()).content == ["logGroupName": "a", "metricFilterCount": 1])
    }
}
