/// The limits of the pages of one answer, so that an endpoint that always names a next page ends in an error.
///
/// AWS's own quotas are far below. A page has 50 to 1,000 elements, so 1,000 pages are at least 50,000 elements; an
/// account has at most 5,000 alarms in a region and a repository 20,000 images by default. An alarm, the largest
/// element that is listed by the thousand, takes about 3 KB, so 64 MiB are 20,000 of them. A page takes less than a
/// second, so ten minutes are 600 pages even of a slow service.
struct PageLimits: Sendable, Hashable {
    var pages = 1000
    /// The size of all pages on the wire, in bytes.
    var bytes = 64 << 20
    /// The time for all pages, without the time that calls waited in the limiter.
    var time: Duration = .seconds(600)
}
