import StrictJSON

/// A release whose booking a CI provider signed, with what the signature must be over.
public struct SignedRelease: Sendable {
    /// The entry that records it.
    public let seq: Seq
    /// When that entry was appended.
    public let at: Timestamp
    /// The booking, put together from the entry, the state at it, and the images that the signature names.
    public let booking: Booking
    /// The signature.
    public let signature: BookingSignature
    /// The key that signed it, as the recorder fetched it.
    package let key: JSON

    /// The signed release of an entry; nil without a signature.
    /// - Parameters:
    ///   - log: The id of the log.
    ///   - root: The hash of the facets of the state at the entry.
    ///   - content: Reads a content by its hash.
    package init?(
        _ header: Header, _ body: SnapshotBody, log: RandomID, root: ContentHash,
        content: (ContentHash) throws -> JSON
    ) rethrows {
        guard let release = body.release, case .signed(let signature)? = release.identity else { return nil }
        seq = header.seq
        at = header.at
        booking = Booking(
            release, log: log, environment: header.environment, images: signature.images, root: root,
            attempt: header.attempt)
        self.signature = signature
        key = try content(signature.key)
    }
}
