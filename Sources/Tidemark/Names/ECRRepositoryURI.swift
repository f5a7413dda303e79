/// The URI of a private repository of Amazon ECR.
///
/// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html>; the suffix
/// depends on the partition, and a registry's FIPS endpoint has the same repositories.
package struct ECRRepositoryURI: Hashable, Sendable {
    /// The URI, without FIPS endpoint.
    package let uri: String
    /// The account of the registry.
    package let registryID: String
    package let region: String
    /// The repository's name: `antenna-backend`.
    package let name: String

    /// Parses a URI; nil for a repository of another registry. The grammar is `ACCOUNT.dkr.ecr[-fips].REGION.SUFFIX/NAME`.
    package init?(_ uri: String) {
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
