/// The number, the size and the duration of the pages so far.
struct PageTotals: Sendable, Hashable {
    private(set) var pages = 0
    private(set) var bytes = 0
    private(set) var time: Duration = .zero

    mutating func add(bytes: Int, time: Duration) {
        pages += 1
        self.bytes += bytes
        self.time += time
    }

    /// Checks that there is room for another page.
    /// - Throws: `AWSError` with reason `malformed`. The message is the same each time, because a history stores it.
    func check(against limits: PageLimits) throws(AWSError) {
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
            reason: .malformed, message: "the answer does not end: it names a next page after \(excess), the limit")
    }
}
