/// Which endpoint serves a service in a region: AWS's own, or the one that the user's environment or profile names.
///
/// The variables are those of the AWS CLI and the SDKs: `AWS_ENDPOINT_URL_RDS` for one service, `AWS_ENDPOINT_URL` for
/// all, `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true` for none; each comes before anything that a profile says. Source:
/// "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
public struct Endpoints: Sendable, Hashable {
    private let variables: [String: String]
    private let profile: ProfileEndpoints?

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

    /// The endpoint for a call: of S3, that of the bucket.
    func endpoint(of call: WireCall, region: String) throws(AWSError) -> Endpoint {
        let endpoint = try endpoint(of: call.service, region: region)
        guard call.isREST else { return endpoint }
        return try BucketAddress(of: call).endpoint(endpoint)
    }

    func endpoint(of service: WireService, region: String) throws(AWSError) -> Endpoint {
        guard !region.isEmpty, region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
            throw AWSError(kind: .invalid, message: "'\(region)' is no AWS region: set AWS_REGION or pass one")
        }
        let partition = Partition(region: region)
        let shared = service.globalEndpoints[partition.name]
        let signingRegion = shared?.region ?? region
        if let (source, url) = try configured(service) {
            // The URL itself may hold a password, so it is not shown.
            guard let endpoint = Endpoint(url: url, signingRegion: signingRegion) else {
                throw AWSError(
                    kind: .invalid,
                    message: "\(source) is not an http or https URL of a host: write it like http://127.0.0.1:5000")
            }
            return endpoint
        }
        let host = shared?.host ?? service.hosts[region] ?? "\(service.endpointPrefix).\(region).\(partition.domain)"
        return Endpoint(scheme: "https", authority: host, path: "", signingRegion: signingRegion)
    }

    private func configured(_ service: WireService) throws(AWSError) -> (source: String, url: String)? {
        for name in ["AWS_ENDPOINT_URL_\(service.environmentName)", "AWS_ENDPOINT_URL"] {
            if let url = variables[name] { return (name, url) }
        }
        return try profile?.url(of: service)
    }
}
