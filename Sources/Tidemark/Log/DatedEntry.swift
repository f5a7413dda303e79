/// An entry with its time and the newest release at it.
public struct DatedEntry: Sendable, Hashable {
    /// The number of the entry.
    public let seq: Seq
    /// When the entry was appended.
    public let at: Timestamp
    /// The label of the newest release at the entry; nil if none was recorded, or the query is not about releases.
    public let release: String?
    /// Whether the entry itself records that release.
    public let isWithRelease: Bool
    /// Whether what begins or ends at the entry may have done so before: older entries were removed or erased.
    public let isAtLatest: Bool

    package init(
        seq: Seq, at: Timestamp, release: String? = nil, isWithRelease: Bool = false, isAtLatest: Bool = false
    ) {
        self.seq = seq
        self.at = at
        self.release = release
        self.isWithRelease = isWithRelease
        self.isAtLatest = isAtLatest
    }
}
