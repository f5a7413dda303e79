/// The names of S3's buckets.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>.
enum BucketName {
    static func isValid(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = labels.count == 4 && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
        return (3...63).contains(text.utf8.count) && text.utf8.allSatisfy(\.isPartOfBucketName) && !isAddress
            && labels.allSatisfy { !$0.isEmpty } && text.first != "-" && text.last != "-"
    }

    /// The bucket that is the value of an environment variable whose name ends in `BUCKET` or `BUCKET_NAME`.
    ///
    /// Other names with that word do not count: the value of `…_BUCKET_SECRET` may look like a bucket's name.
    static func named(by variable: String, _ value: String) -> String? {
        let name = variable.filter { $0.isLetter || $0.isNumber }.uppercased()
        return ["BUCKET", "BUCKETNAME"].contains(where: name.hasSuffix) && isValid(value) ? value : nil
    }

    /// The buckets that a text names by a host of S3 or by an `s3://` URL.
    static func all(in text: String) -> [String] {
        text.split { !$0.isPartOfHost }.compactMap { host in
            let rest = text[host.endIndex...]
            if text[..<host.startIndex].hasSuffix("s3://") {
                // The text before an `@` is not a bucket, and may be a password.
                return !text.contains("@") && isValid(host) ? String(host) : nil
            }
            return bucket(in: host.lowercased(), before: rest).flatMap { isValid($0) ? $0 : nil }
        }
    }

    /// The bucket in a host of S3, `antenna-media.s3.us-west-2.amazonaws.com`, or after it: `s3.amazonaws.com/antenna`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>, also for the older forms
    /// `s3-us-west-2` and `s3-website-us-west-2`. Access points are not buckets.
    private static func bucket(in host: String, before rest: Substring) -> String? {
        guard let domain = ["amazonaws.com", "amazonaws.com.cn"].first(where: { host.hasSuffix(".\($0)") }) else {
            return nil
        }
        let labels = host.dropLast(domain.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        guard let index = labels.lastIndex(where: isService) else { return nil }
        if index > 0 { return labels[..<index].joined(separator: ".") }
        guard rest.first == "/" else { return nil }
        return String(rest.dropFirst().prefix { !"/?#".contains($0) && !$0.isWhitespace })
    }

    private static func isService(_ label: Substring) -> Bool {
        if ["s3", "s3-accelerate", "s3-fips", "s3-website"].contains(label) { return true }
        return label.hasPrefix("s3-") && label.last?.isNumber == true
    }
}

extension UInt8 {
    fileprivate var isPartOfBucketName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension Character {
    fileprivate var isPartOfHost: Bool { isASCII && (isLetter || isNumber || self == "." || self == "-") }
}
