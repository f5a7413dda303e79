import Testing
import Tidemark
import TidemarkKinds
import TidemarkReports

struct DoctorReportTests {
    private func report(_ gaps: [Gap]) -> DoctorReport {
        DoctorReport(Stack.observation([:], gaps: gaps), credentials: "the profile 'antenna'", kinds: .all)
    }

    @Test func `the caller and the place are named`() {
        let text = report([]).text()
        #expect(
            text.hasPrefix(
                """
                credentials  from the profile 'antenna'
                caller       arn:aws:iam::123456789012:user/release-bot
                looks at     account 123456789012, us-west-2
                environment  antenna-prod (e-abc)
                allowed      1 of 1 action that this environment needs

                """))
        #expect(report([]).isHealthy)
    }

    @Test func `a denied action is listed, with the command to run`() {
        let text = report([Stack.denied]).text()
        #expect(
            text.contains(
                "\nallowed      0 of 1 action that this environment needs\ndenied       rds:DescribeDBInstances\n"))
        #expect(text.hasSuffix("\nnext         attach the policy that 'tidemark policy' prints\n"))
        #expect(!report([Stack.denied]).isHealthy)
    }

    @Test func `a question that failed is not reported as denied`() {
        let failed = Gap(
            question: Stack.denied.question, outcome: .failed,
            reason: .call(.aws(code: "Throttling", message: "slow down")), facets: [], kinds: [])
        let text = report([failed]).text()
        #expect(text.contains("\nfailed       rds:DescribeDBInstances failed (Throttling)\n"))
        #expect(!text.contains("\ndenied"))
    }

    @Test func `an action that a denied call may have hidden is unknown`() {
        let denied = Stack.denied
        let gap = Gap(
            question: denied.question, outcome: denied.outcome, reason: denied.reason, facets: denied.facets,
            kinds: [.autoScalingGroup])
        let text = report([gap]).text()
        #expect(text.contains("\nnot reached  autoscaling:DescribeAutoScalingGroups: unknown\n"))
        #expect(text.contains("\nallowed      0 of 1 action that this environment needs\n"))
    }

    @Test func `an action that nothing here needs is listed apart`() {
        #expect(report([]).text().contains("\nnot needed   autoscaling:DescribeAutoScalingGroups\n"))
    }
}
