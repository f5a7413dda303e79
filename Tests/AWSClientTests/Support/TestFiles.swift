import CivilTime

@testable import AWSClient

extension ClientFiles {
    /// Files in memory, by their paths.
    static func test(_ files: [String: String] = [:]) -> ClientFiles {
        ClientFiles(read: { path throws(AWSError) in files[path].map { Array($0.utf8) } })
    }
}

extension AWSSettings {
    /// Settings with these files in `~/.aws`, on a machine that is not an EC2 instance.
    static func test(
        config: String? = nil, credentials: String? = nil, _ environment: [String: String] = [:],
        profile: String? = nil, files: [String: String] = [:]
    ) throws(AWSError) -> AWSSettings {
        var files = files
        files["/home/me/.aws/config"] = config
        files["/home/me/.aws/credentials"] = credentials
        let defaults = ["HOME": "/home/me", "AWS_EC2_METADATA_DISABLED": "true"]
        return try AWSSettings(
            environment.merging(defaults) { given, _ in given }, profile: profile, files: .test(files))
    }

    /// The credentials that a client with these settings signs with.
    func credentials(
        clock: ProgramClock = TestClock().programClock(), transport: any Transport = CurlTransport()
    ) async throws(AWSError) -> Credentials {
        let client = AWSClient(self, region: "eu-central-1", transport: transport, clock: clock, userAgent: "tests/1")
        return try await client.credentials.credentials()
    }

    /// The error of loading the credentials, or nil.
    func failure(
        clock: ProgramClock = TestClock().programClock(), transport: any Transport = CurlTransport()
    ) async -> AWSError? {
        do throws(AWSError) {
            _ = try await credentials(clock: clock, transport: transport)
            return nil
        } catch { return error }
    }
}
