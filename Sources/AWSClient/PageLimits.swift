/// What the pages of one answer may take: an endpoint that always names a next page must end in an error.
///
/// AWS's own quotas lie far below. A page has 50 to 1,000 elements, so that 1,000 pages are 50,000 elements at least,
/// where an account has 5,000 alarms in a region and a repository 20,000 images by default. An alarm, the largest of what
/// is listed by the thousand, takes about 3 KB: 64 MiB are 20,000 of them. A page takes less than a second, so that ten
/// minutes are 600 pages even of a slow service.
struct PageLimits: Sendable, Hashable {
    var pages = 1000
    /// The size of all pages on the wire.
    var bytes = 64 << 20
    /// The time for all pages, without the time for which calls wait for their turn.
    var time: Duration = .seconds(600)
}

/// What the pages of an answer have taken so far.
struct PageCost: Sendable, Hashable {
    private(set) var pages = 0
    private(set) var bytes = 0
    private(set) var time: Duration = .zero

    mutating func add(bytes: Int, time: Duration) {
        pages += 1
        self.bytes += bytes
        self.time += time
    }

    /// Whether there may be another page.
    /// - Throws: Of kind `malformed`. The words are the same each time, since a history keeps them.
    func demandRoom(in limits: PageLimits) throws(AWSError) {
        let excess: String? =
            if pages >= limits.pages {
                "\(limits.pages) pages"
            } else if bytes >= limits.bytes {
                "\(limits.bytes) bytes"
            } else if time >= limits.time {
                "\(limits.time.components.seconds) seconds"
            } else {
                nil
            }
        guard let excess else { return }
        throw AWSError(
            kind: .malformed, message: "the answer does not end: it names a next page after \(excess), the limit")
    }
}
