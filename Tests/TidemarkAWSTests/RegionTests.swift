import AWSClient
import Testing
import Tidemark
import TidemarkAWS

struct RegionTests {
    private let bound = EnvironmentBinding(
        partition: "aws", account: "123456789012", region: "eu-west-1", ebEnvironment: "antenna-prod",
        ebEnvironmentID: "e-abc")

    private func settings(_ variables: [String: String]) throws -> AWSSettings {
        let missing = [
            "AWS_CONFIG_FILE": "/nonexistent/config", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/credentials",
        ]
        return try AWSSettings(variables.merging(missing) { $1 })
    }

    @Test func `a chosen region comes before the bound one, and that before the settings'`() throws {
        let settings = try settings(["AWS_REGION": "us-west-2"])
        #expect(try settings.region([nil, "", "eu-north-1"], bound: bound) == "eu-north-1")
        #expect(try settings.region([nil], bound: bound) == "eu-west-1")
        #expect(try settings.region() == "us-west-2")
    }

    @Test func `without a region the caller is asked to name one`() throws {
        let settings = try settings([:])
        #expect(throws: Failure(.invalid, "no AWS region", why: "none was named", remedy: .nameRegion)) {
            try settings.region([nil])
        }
    }
}
