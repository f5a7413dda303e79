/// An entry of the log with its time, and the release that was the newest at it.
public struct DatedEntry: Sendable, Hashable {
    public let seq: Seq
    public let at: Timestamp
    /// The label of the newest release at this entry; nil where none was recorded, or where the question is not about releases.
    public let release: String?
    /// Whether this very entry records that release.
    public let isWithRelease: Bool

    public init(seq: Seq, at: Timestamp, release: String? = nil, isWithRelease: Bool = false) {
        self.seq = seq
        self.at = at
        self.release = release
        self.isWithRelease = isWithRelease
    }
}
