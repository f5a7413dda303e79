import AWSClient
import Tidemark

extension AWSSettings {
    /// Reads the variables and the shared files.
    /// - Parameter profile: The profile to use; nil for that of the variables.
    static func read(profile: String?) throws(Failure) -> AWSSettings {
        do {
            return try AWSSettings(Console.variables, profile: profile)
        } catch {
            throw Failure(.invalid, error.message)
        }
    }

    /// A client with these settings.
    /// - Parameters:
    ///   - role: The ARN of a role to assume; nil for none.
    ///   - maximumConcurrentCalls: The most concurrent calls to one service.
    func client(region: String, role: String?, maximumConcurrentCalls: Int = 10) -> AWSClient {
        let client = AWSClient(
            self, region: region, transport: CurlTransport(transport), maximumConcurrentCalls: maximumConcurrentCalls,
            userAgent: "tidemark/\(Version.current)",
            logger: Console.logger)
        return role.map(client.assuming) ?? client
    }

    private var transport: CurlTransport.Configuration {
        var configuration = CurlTransport.Configuration(certificateAuthorities: certificateAuthorities)
        configuration.maximumTransfers = SystemLimits.connections(atMost: configuration.maximumTransfers)
        return configuration
    }
}
