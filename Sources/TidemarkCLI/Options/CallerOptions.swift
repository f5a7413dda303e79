import AWSClient
import ArgumentParser
import Tidemark
import TidemarkAWS

/// The credentials and the region with which AWS is called.
struct CallerOptions: ParsableArguments {
    @Option(
        help:
            "The AWS region. Default: tidemark.yml's, else that of the binding, AWS_REGION, AWS_DEFAULT_REGION or the profile."
    )
    var region: String?

    @Option(
        help:
            "A profile in ~/.aws/config or ~/.aws/credentials. Default: tidemark.yml's, else AWS_PROFILE, else default."
    )
    var profile: String?

    func validate() throws { try TextOption("--region", region, "a region").refuseBlank() }

    /// A client of AWS.
    /// - Parameter configured: The project's settings for the environment; options override them.
    func client(of configured: Project.Environment, bound: EnvironmentBinding?) throws(Failure) -> AWSClient {
        let settings = try AWSSettings.read(profile: profile ?? configured.profile)
        return settings.client(
            region: try settings.region([region, configured.region], bound: bound), role: configured.role)
    }
}
