import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct RunningTests {
    private let container = ResourceID(.ecsContainer, "django").described

    private func observation(
        _ version: JSON = "v9", images: [String] = ["redis:7", "antenna-backend:v9"], gaps: [Gap] = []
    ) -> EnvironmentObservation {
        let containers: [JSON] = images.map { ["containers": [["name": "django", "image": .string($0)]]] }
        return .of(
            [Stack.environment.described: ["VersionLabel": version], container: ["tasks": .array(containers)]],
            gaps: gaps)
    }

    @Test func `what runs is named by its version and its tags`() {
        #expect(observation().running(kinds: .all) == RunningNames(version: "v9", tags: ["7", "v9"]))
    }

    @Test(
        arguments: [
            ("v9", true), ("v10", false), ("v", false), ("7", true), ("alpine", true), ("3", true), ("9", false),
            ("antenna-v9", true), ("antenna", true), ("ntenna", false),
        ])
    func `a name is borne whole or as a part of its own`(label: String, isCalled: Bool) {
        #expect(RunningNames(version: "antenna-v9", tags: ["7.3-alpine"]).isCalled(label) == isCalled)
    }

    @Test func `what could not be seen may be called anything`() {
        #expect(observation(.null).running(kinds: .all) == nil)
        #expect(observation(images: []).running(kinds: .all) == nil)
        #expect(observation(images: ["antenna-backend@sha256:aa"]).running(kinds: .all) == nil)
        let members = Gap(
            question: Question(service: "ecs", operation: "ListTasks", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ecsContainer, prefix: "")], kinds: [])
        #expect(observation(gaps: [members]).running(kinds: .all) == nil)
        #expect(
            observation(gaps: [.denied("ecs", "ListClusters", kinds: [.ecsContainer])]).running(kinds: .all) == nil)
        #expect(
            observation(gaps: [.denied("rds", "DescribeDBInstances", kinds: [.rdsDBInstance])]).running(kinds: .all)
                != nil)
    }
}
