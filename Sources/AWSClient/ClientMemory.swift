/// What a client learns from AWS's answers and needs for its next calls.
final class ClientMemory: Sendable {
    private let bucketRegions = Locked<[String: String]>([:])

    /// Where a bucket was found to lie.
    func region(ofBucket name: String) -> String? { bucketRegions.withLock { $0[name] } }

    func note(region: String, ofBucket name: String) { bucketRegions.withLock { $0[name] = region } }
}
