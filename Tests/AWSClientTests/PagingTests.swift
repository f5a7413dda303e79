import CivilTime
import LocalServers
import Locking
import StrictJSON
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct PagingTests {
    private func subnets(_ names: [String], next: String?) -> String {
        let items = names.map { "<item><subnetId>\($0)</subnetId></item>" }.joined()
        let token = next.map { "<nextToken>\($0)</nextToken>" } ?? ""
        return Answers.ec2("DescribeSubnets", "<subnetSet>\(items)</subnetSet>\(token)")
    }

    @Test func `every page is fetched and merged, and the token is dropped`() async throws {
        let pages = [
            "": subnets(["a", "b"], next: "t 1"), "t 1": subnets([], next: "t2"), "t2": subnets(["c"], next: ""),
        ]
        let server = LocalServer { .response(200, [:], pages[$0.form["NextToken"] ?? ""] ?? "") }
        let request = AWSRequest(service: "ec2", operation: "DescribeSubnets", parameters: ["MaxResults": 5])
        let answer = try await AWSClient.test(server).call(request)
        #expect(answer.value == ["Subnets": [["SubnetId": "a"], ["SubnetId": "b"], ["SubnetId": "c"]]])
        #expect(answer.pages == 3)
        #expect(answer.calls == 3)
        #expect(server.requests.allSatisfy { $0.form["MaxResults"] == "5" })
    }

    @Test func `a token of IAM's counts only if the answer is truncated`() async throws {
        let server = LocalServer { request in
            let isFirst = request.form["Marker"] == nil
            let name = isFirst ? "first" : "second"
            return .response(
                200, [:],
                Answers.query(
                    "ListAttachedRolePolicies",
                    "<AttachedPolicies><member><PolicyName>\(name)</PolicyName></member></AttachedPolicies>"
                        + "<IsTruncated>\(isFirst)</IsTruncated><Marker>m</Marker>"))
        }
        let request = AWSRequest(
            service: "iam", operation: "ListAttachedRolePolicies", parameters: ["RoleName": "r"])
        let answer = try await AWSClient.test(server).call(request)
        #expect(answer.value == ["AttachedPolicies": [["PolicyName": "first"], ["PolicyName": "second"]]])
        #expect(answer.pages == 2)
    }

    @Test func `an answer with two lists has both merged`() async throws {
        let server = LocalServer { request in
            let content =
                switch request.form["NextToken"] {
                case nil:
                    "<MetricAlarms><member><AlarmName>a</AlarmName></member></MetricAlarms><NextToken>2</NextToken>"
                case "2":
                    "<CompositeAlarms><member><AlarmName>b</AlarmName></member></CompositeAlarms>"
                        + "<NextToken>3</NextToken>"
                default:
                    "<MetricAlarms><member><AlarmName>c</AlarmName></member></MetricAlarms>"
                        + "<CompositeAlarms><member><AlarmName>d</AlarmName></member></CompositeAlarms>"
                }
            return .response(200, [:], Answers.query("DescribeAlarms", content))
        }
        let answer = try await AWSClient.test(server).call(
            AWSRequest(service: "cloudwatch", operation: "DescribeAlarms"))
        #expect(
            answer.value == [
                "MetricAlarms": [["AlarmName": "a"], ["AlarmName": "c"]],
                "CompositeAlarms": [["AlarmName": "b"], ["AlarmName": "d"]],
            ])
    }

    @Test func `a repeated token is an error, not a loop`() async {
        let body = subnets(["a"], next: "again")
        let server = LocalServer { _ in .response(200, [:], body) }
        #expect(await AWSClient.test(server).failure(.subnets)?.reason == .malformed)
        #expect(server.requests.count == 2)
    }

    @Test func `alternating tokens are an error, not a loop`() async {
        let odd = subnets(["a"], next: "odd")
        let even = subnets(["b"], next: "even")
        let server = LocalServer { .response(200, [:], $0.form["NextToken"] == "odd" ? even : odd) }
        #expect(await AWSClient.test(server).failure(.subnets)?.reason == .malformed)
        #expect(server.requests.count == 3)
    }

    /// A client whose answers always name a new token.
    private func endless(_ names: [String], _ limits: PageLimits, clock: ProgramClock = TestClock().programClock())
        -> AWSClient
    {
        let count = Locked(0)
        var client = AWSClient.stub(clock: clock) { _ in
            let number = count.withLock {
                $0 += 1
                return $0
            }
            let body = subnets(names, next: "\(number)")
            return .success(HTTPResponse(status: 200, body: Array(body.utf8)))
        }
        client.pageLimits = limits
        return client
    }

    @Test func `the number of pages is limited`() async {
        let error = await endless([], PageLimits()).failure(.subnets)
        #expect(error?.reason == .malformed)
        #expect(error?.message == "the answer does not end: it names a next page after 1000 pages, the limit")
        #expect(error?.calls == 1000)
    }

    @Test func `the size of all pages is limited`() async {
        var limits = PageLimits()
        limits.bytes = 10_000
        let error = await endless([String(repeating: "x", count: 4000)], limits).failure(.subnets)
        #expect(error?.message == "the answer does not end: it names a next page after 10000 bytes, the limit")
        #expect(error?.calls == 3)
    }

    @Test func `the time for all pages is limited`() async {
        let clock = TestClock()
        var slow = clock.programClock()
        let passed = Locked<Duration>(.zero)
        slow.elapsed = { passed.withLock { $0 } }
        let count = Locked(0)
        let client = AWSClient.stub(clock: slow) { _ in
            passed.withLock { $0 += .seconds(59) }
            let number = count.withLock {
                $0 += 1
                return $0
            }
            return .success(HTTPResponse(status: 200, body: Array(subnets([], next: "\(number)").utf8)))
        }
        let error = await client.failure(.subnets)
        #expect(error?.message == "the answer does not end: it names a next page after 600 seconds, the limit")
        #expect(error?.calls == 11)
    }

    @Test func `an answer with as many pages as the limit is complete`() async throws {
        var limits = PageLimits()
        limits.pages = 3
        let pages = ["": subnets(["a"], next: "1"), "1": subnets(["b"], next: "2"), "2": subnets(["c"], next: nil)]
        let server = LocalServer { .response(200, [:], pages[$0.form["NextToken"] ?? ""] ?? "") }
        var client = AWSClient.test(server)
        client.pageLimits = limits
        #expect(try await client.call(.subnets).pages == 3)
    }

    @Test func `a failed page fails the call`() async {
        let first = subnets(["a"], next: "2")
        let server = LocalServer {
            $0.form["NextToken"] == nil
                ? .response(200, [:], first) : .response(403, [:], Answers.ec2Error("UnauthorizedOperation"))
        }
        let error = await AWSClient.test(server).failure(.subnets)
        #expect(error?.reason == .denied)
        #expect(error?.calls == 2)
    }

    @Test func `an operation without pages keeps a member called NextToken`() async throws {
        let server = LocalServer { _ in
            .response(200, [:], Answers.query("GetCallerIdentity", "<Account>1</Account><NextToken>x</NextToken>"))
        }
        let answer = try await AWSClient.test(server).call(.whoAmI)
        #expect(answer.value == ["Account": "1", "NextToken": "x"])
    }
}
