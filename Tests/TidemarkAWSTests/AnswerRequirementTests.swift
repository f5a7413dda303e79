import AWSShapes
import StrictJSON
import Testing
import TidemarkKinds

@testable import AWSClient
@testable import Tidemark
@testable import TidemarkAWS

/// An answer without a required member is doubtful.
struct AnswerRequirementTests {
    private static let questions = KindRegistry.all.definitions.flatMap(\.questions)
    private static let required = Set(questions.filter { $0.requirement != nil }.map(\.operation))
    /// The operations that the scripted walk calls.
    private static let asked = required.subtracting(["DescribeSecret"]).sorted()

    @Test func `each question of a JSON service has a requirement`() throws {
        for question in Self.questions {
            let service = try #require(WireTable.service(named: question.service))
            guard service.protocolName == "json" else { continue }
            #expect(question.requirement != nil, "\(question.action)")
        }
    }

    @Test func `each required member is a member of AWS's answer`() throws {
        for question in Self.questions {
            guard let requirement = question.requirement else { continue }
            for place in [requirement.member, requirement.names?.answered].compactMap(\.self) {
                let owner = AttributePattern(Array(place.steps.dropLast()))
                let shape = WireAttributes().shape(of: question.service, question.operation, at: owner)
                guard case .structure(let names)? = shape, case .member(let name)? = place.steps.last else {
                    Issue.record("\(question.action): '\(place)' is not a member of a structure")
                    continue
                }
                #expect(names.contains(name), "\(question.action)")
            }
        }
    }

    /// The facets that an observation has as gone, without those that the documented stack does not have.
    private static func gone(_ observation: EnvironmentObservation, unlike before: EnvironmentObservation) -> [String] {
        observation.facets.keys.filter {
            observation.isGone($0.resource, $0.name) && !before.isGone($0.resource, $0.name)
        }
        .map(\.description)
    }

    @Test(arguments: asked, [JSON.object([:]), ["unrelated": []]])
    func `an answer without its member leaves everything as last seen`(operation: String, answer: JSON) async throws {
        let before = try await Script().walk()
        let known = Set(before.facets.keys.map(\.resource))
        let observation = try await Script().answering(operation, answer).walk(known: known)
        #expect(Self.gone(observation, unlike: before) == [])
        #expect(observation.gap(operation)?.outcome == .doubtful)
    }

    @Test(arguments: ["DescribeTasks", "DescribeContainerInstances", "DescribeImages", "DescribeClusters"])
    func `a name that is neither found nor reported as missing is doubtful`(operation: String) async throws {
        let before = try await Script().walk()
        let known = Set(before.facets.keys.map(\.resource))
        let empty: JSON = [
            "tasks": [], "containerInstances": [], "imageDetails": [], "clusters": [], "failures": [],
        ]
        let observation = try await Script().answering(operation, empty).walk(known: known)
        #expect(Self.gone(observation, unlike: before) == [])
        let gap = try #require(observation.gap(operation))
        #expect(gap.outcome == .doubtful && gap.reason.sentence.hasSuffix("and does not say that it no longer exists"))
    }

    @Test(arguments: [("MISSING", true), ("ACCESS_DENIED", false)])
    func `a task that failed is gone if it is missing, and else doubtful`(reason: String, isGone: Bool) async throws {
        let known = Set(try await Script().walk().facets.keys.map(\.resource))
        let observation = try await Script().with("DescribeTasks") { parameters in
            let failures = (parameters["tasks"]?.array ?? []).map {
                JSON.object(["arn": $0, "reason": .string(reason)])
            }
            return .success(["tasks": [], "failures": .array(failures)])
        }.walk(known: known)
        #expect(observation.isGone(Script.container) == isGone)
        #expect((observation.gap("DescribeTasks") == nil) == isGone)
    }

    @Test func `another revision than the requested one is doubtful`() async throws {
        let other: JSON = [
            "taskDefinition": [
                "taskDefinitionArn": "awseb-antenna-prod-a:9", "family": "awseb-antenna-prod-a", "revision": 9,
            ]
        ]
        let observation = try await Script().answering("DescribeTaskDefinition", other).walk()
        #expect(observation.gap("DescribeTaskDefinition")?.reason == .missingName("awseb-antenna-prod-a:10"))
        #expect(!observation.isAnswered(Script.definition))
    }

    private static let structures: [(String, JSON, ResourceID)] = [
        ("GetRolePolicy", [:], Script.role), ("GetRolePolicy", ["PolicyName": "bucket"], Script.role),
        ("GetRole", ["Role": [:]], Script.role), ("GetPolicy", ["Policy": [:]], Script.policy),
        ("GetPolicyVersion", ["PolicyVersion": [:]], Script.policy),
        ("GetInstanceProfile", ["InstanceProfile": [:]], Script.profile),
    ]

    @Test(arguments: structures)
    func `an empty structure in place of a requested name is doubtful`(
        operation: String, answer: JSON, resource: ResourceID
    ) async throws {
        let observation = try await Script().answering(operation, answer).walk()
        let gap = try #require(observation.gap(operation))
        #expect(gap.outcome == .doubtful)
        #expect(!gap.facets.isEmpty && gap.facets.allSatisfy { observation.facets[$0] == nil })
    }

    @Test func `a page without the list makes the whole list doubtful`() throws {
        let call = try WireCall(AWSRequest(service: "ecs", operation: "ListTasks"))
        var merger = PageMerger(call.operation)
        #expect(try merger.add(["taskArns": ["a"], "nextToken": "1"]) != nil)
        #expect(try merger.add([:]) == nil)
        let requirement = AnswerRequirement("taskArns")
        let question = Question(service: "ecs", operation: "ListTasks", parameters: [:])
        let value = JSON.object(merger.value)
        #expect(requirement.unreadable(about: value, to: question) == nil)
        #expect(
            requirement.unreadable(about: value, to: question, partial: merger.partial)
                == UnreadableAnswer(.missingMember("taskArns")))
    }
}
