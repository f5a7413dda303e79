import AWSShapes

/// The endpoints of services: AWS's own, or those that the user's environment or profile configures.
///
/// The variables are those of the AWS CLI and the SDKs: `AWS_ENDPOINT_URL_RDS` for one service, `AWS_ENDPOINT_URL` for
/// all, `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true` for none. Each takes precedence over the profile. Source:
/// "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
public struct Endpoints: Sendable, Hashable {
    private let variables: [String: String]
    private let profile: ProfileEndpoints?
    /// The endpoints that take precedence, by the ends of their variables.
    private var passed: [String: ConfiguredEndpoint] = [:]

    /// Creates the endpoints that these variables configure; without any, AWS's own.
    public init(_ environment: [String: String] = [:]) { self.init(environment, profile: nil) }

    init(_ environment: [String: String], profile: ProfileEndpoints?) {
        let isIgnored = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"].map { $0.lowercased() == "true" }
        if isIgnored ?? profile?.isIgnored ?? false {
            (variables, self.profile) = ([:], nil)
        } else {
            variables = environment.filter { $0.key.hasPrefix("AWS_ENDPOINT_URL") && !$0.value.isEmpty }
            self.profile = profile
        }
    }

    /// The same endpoints, but another one for the service whose variable ends with a name.
    func with(_ endpoint: ConfiguredEndpoint, for name: String) -> Endpoints {
        var endpoints = self
        endpoints.passed[name] = endpoint
        return endpoints
    }

    /// The endpoint for a call; for S3 that of the bucket.
    func endpoint(of call: WireCall, region: String) throws(AWSError) -> Endpoint {
        let endpoint = try endpoint(of: call.service, region: region)
        guard call.isREST else { return endpoint }
        return try BucketAddress(of: call).endpoint(endpoint)
    }

    func endpoint(of service: WireService, region: String) throws(AWSError) -> Endpoint {
        let shared = service.globalEndpoints[Partition(region: region).name]
        return try endpoint(
            named: service.environmentName, prefix: service.endpointPrefix, region: region, shared: shared,
            host: service.hosts[region])
    }

    /// The endpoint of a service.
    /// - Parameters:
    ///   - name: The end of the variable that can configure it.
    ///   - prefix: The part of AWS's host name before the region.
    ///   - host: AWS's host name in this region, if it is irregular.
    func endpoint(
        named name: String, prefix: String, region: String, shared: WireService.GlobalEndpoint? = nil,
        host: String? = nil
    ) throws(AWSError) -> Endpoint {
        guard !region.isEmpty, region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw AWSError(reason: .invalid, message: "'\(region)' is not an AWS region: set AWS_REGION or pass one")
        }
        let signingRegion = shared?.region ?? region
        if let configured = try configured(name) {
            guard let endpoint = Endpoint(url: configured.url, signingRegion: signingRegion) else {
                throw AWSError(
                    reason: .invalid,
                    message:
                        "\(configured.source) is not an http or https URL of a host: write it like http://127.0.0.1:5000"
                )
            }
            return endpoint
        }
        let host = shared?.host ?? host ?? "\(prefix).\(region).\(Partition(region: region).domain)"
        return Endpoint(scheme: "https", authority: host, path: "", signingRegion: signingRegion)
    }

    private func configured(_ name: String) throws(AWSError) -> ConfiguredEndpoint? {
        if let endpoint = passed[name] ?? variable("AWS_ENDPOINT_URL_\(name)") ?? variable("AWS_ENDPOINT_URL") {
            return endpoint
        }
        return try profile?.url(of: name)
    }

    private func variable(_ name: String) -> ConfiguredEndpoint? {
        variables[name].map { ConfiguredEndpoint(url: $0, source: name) }
    }
}

/// The URL of an endpoint as somebody wrote it, and where.
struct ConfiguredEndpoint: Sendable, Hashable {
    /// It may contain a password, so it is not shown.
    let url: String
    /// The variable or the setting, for messages.
    let source: String
}
