@testable import AWSClient

extension ClientFiles {
    /// Files that are not on any disk, by their paths.
    static func test(_ files: [String: String] = [:]) -> ClientFiles {
        ClientFiles(read: { path throws(AWSError) in files[path].map { Array($0.utf8) } })
    }
}

extension AWSSettings {
    /// Settings of somebody whose `~/.aws` has these files.
    static func test(
        config: String? = nil, credentials: String? = nil, _ environment: [String: String] = [:],
        profile: String? = nil
    ) throws(AWSError) -> AWSSettings {
        var files: [String: String] = [:]
        files["/home/me/.aws/config"] = config
        files["/home/me/.aws/credentials"] = credentials
        return try AWSSettings(
            environment.merging(["HOME": "/home/me"]) { $1 }, profile: profile, files: .test(files))
    }
}
