import StrictJSON

/// The answer to a request: one page, or all of them merged.
public struct AWSAnswer: Sendable {
    /// The answer in boto3's names and shape, without `ResponseMetadata` and page tokens.
    ///
    /// Timestamps are RFC 3339 in UTC, numbers are spelled as AWS spelled them, and an element that the wire table does
    /// not know keeps its own name. The value of a member that is not joined across pages comes from the first page.
    public let value: JSON
    /// The bytes that boto3 returns as a stream: the object for `GetObject`, empty for every other operation.
    ///
    /// An object that exceeds the transport's limit is an error.
    public let payload: [UInt8]
    /// The number of pages, at least 1.
    public let pages: Int
    /// Whether there are more pages than the request asked for.
    public let hasMorePages: Bool
    /// AWS's time when it sent the last page, from the HTTP `Date` header; nil if that is missing or malformed.
    public let date: UTCTime?
    /// The number of HTTP calls that were made, repeated ones included.
    public let calls: Int
    /// The members that are joined across pages and missing from at least one page; boto3 treats a missing one as an
    /// empty list.
    public let partial: Set<String>
    /// The size of all pages on the wire, in bytes.
    public let size: Int

    /// Creates an answer, for a program that replaces the client in its tests.
    public init(
        value: JSON, payload: [UInt8] = [], pages: Int = 1, hasMorePages: Bool = false, date: UTCTime? = nil,
        calls: Int = 1, partial: Set<String> = [], size: Int = 0
    ) {
        self.value = value
        self.payload = payload
        self.pages = pages
        self.hasMorePages = hasMorePages
        self.date = date
        self.calls = calls
        self.partial = partial
        self.size = size
    }
}
