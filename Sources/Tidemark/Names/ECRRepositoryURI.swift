/// A private repository of Amazon ECR, by its URI.
///
/// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html>; the suffix is that of the
/// partition, and a registry's FIPS endpoint names the same repositories.
public struct ECRRepositoryURI: Hashable, Sendable {
    public let uri: String
    public let registryID: String
    public let region: String
    public let name: String

    /// Nil for a repository elsewhere. Its grammar is `ACCOUNT.dkr.ecr[-fips].REGION.SUFFIX/NAME`.
    public init?(_ uri: String) {
        let parts = uri.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let host = parts[0].split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 2, host.count == 5, host[1] == "dkr", ["ecr", "ecr-fips"].contains(host[2]),
            host[0].count == 12, host[0].allSatisfy(\.isDecimalDigit),
            host[3...].allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isOfHostName) }), !parts[1].isEmpty
        else { return nil }
        self.uri = uri.replacing(".dkr.ecr-fips.", with: ".dkr.ecr.")
        registryID = String(host[0])
        region = String(host[3])
        name = String(parts[1])
    }
}

extension Character {
    fileprivate var isDecimalDigit: Bool { isASCII && "0"..."9" ~= self }
    fileprivate var isOfHostName: Bool { isASCII && "a"..."z" ~= self || isDecimalDigit || self == "-" || self == "." }
}
