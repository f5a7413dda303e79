import AWSClient
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkAWS

struct UnreadableLeadTests {
    /// A walk from an environment whose one lead finds nothing to read in the answer.
    private func gaps(_ lead: Lead) async throws -> [Gap] {
        let facet = FacetDefinition(Snapshot.description, at: "Environments[]")
        let anchor = KindDefinition(
            .elasticBeanstalkEnvironment, decoder: 1,
            questions: [
                QuestionDefinition(
                    "environment", "elasticbeanstalk", "DescribeEnvironments", [:], facets: [facet], leads: [lead])
            ], facts: [])
        let kinds = KindRegistry(anchor: anchor, others: Array(KindRegistry.all.definitions.dropFirst()))
        var walk = Walk(
            place: AccountRegion(partition: "aws", account: "1", region: "r"), kinds: kinds, names: PropertyNames(),
            key: nil, known: KnownResources()
        ) { _, _ in .success(AWSAnswer(value: ["Environments": [[:]]])) }
        try await walk.run(from: Script.environment)
        return walk.builder.gaps
    }

    @Test(
        arguments: [
            .resources(.ec2Subnet) { _ in nil }, .endpoints([.ec2Subnet]) { _ in nil }, .links(.ec2Subnet) { _ in nil },
        ] as [Lead])
    func `a lead that cannot be read is a doubtful gap over what lies beyond it`(lead: Lead) async throws {
        let gaps = try await gaps(lead)
        #expect(gaps.map(\.outcome) == [.doubtful])
        #expect(gaps.first?.reason == (lead.kindsAtEndpoints.isEmpty ? .missingLead(.ec2Subnet) : .missingEndpoints))
        #expect(gaps.first?.kinds == KindRegistry.all.kindsBeyond([lead], of: KindRegistry.all.anchor))
        #expect(gaps.first?.kinds.isSuperset(of: [.ec2Subnet, .ec2VPC]) == true)
        #expect(gaps.first?.facets.allSatisfy(\.isDerived) == true && gaps.first?.members == [])
    }

    @Test func `members to which an answer does not lead are unreached`() async throws {
        let gaps = try await gaps(.members(.ec2RouteTable) { _ in nil })
        #expect(gaps.map(\.outcome) == [.unreached])
        #expect(gaps.first?.members == [MemberScope(.ec2RouteTable, prefix: "antenna-prod/")])
    }
}
