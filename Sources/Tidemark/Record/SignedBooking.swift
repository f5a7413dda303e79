import StrictJSON

/// A booking that a CI provider was asked to sign.
package struct SignedBooking: Sendable {
    /// The booking.
    package let booking: Booking
    /// The key that verifies the signature, which is stored as content; nil without a signature that can be verified again.
    let key: JSON?

    /// The key's canonical JSON by its hash; empty without a key.
    var contents: [ContentHash: [UInt8]] {
        guard let bytes = key?.canonicalBytes else { return [:] }
        return [ContentHash(of: bytes): bytes]
    }
}

extension Recording {
    /// The recording with its release signed over the end of a chain. It is not asked for again while the booking is the same.
    ///
    /// The booking names the state, which is another one after each snapshot that another recorder appends.
    /// - Throws: `CancellationError`. Whatever else prevents a signature becomes the release's reason to have none.
    package func signed(over head: ChainHead?, now: Timestamp) async throws -> Recording {
        guard let signer, let release, let booking = booking(over: head), booking != signed?.booking else {
            return self
        }
        let identified = try await signer.sign(booking, now)
        try Task.checkCancellation()
        var recording = self
        recording.release = release.identified(by: identified.identity)
        recording.signed = SignedBooking(booking: booking, key: identified.key)
        return recording
    }

    /// Whether there is a release and somebody to sign it.
    package var isToBeSigned: Bool { signer != nil && release != nil }

    /// Whether the release is signed over the end of a chain, or needs no signature.
    package func isSigned(over head: ChainHead?) -> Bool {
        !isToBeSigned || signed?.booking == booking(over: head)
    }

    /// The booking of the release at the end of a chain; nil without a release.
    private func booking(over head: ChainHead?) -> Booking? {
        guard let release, let signer else { return nil }
        return Booking(
            release, log: head?.log ?? newLog, environment: environment,
            images: signer.images(observation).sorted { $0.precedesByUTF8($1) },
            root: Delta.root(of: observation, over: head?.state.facets ?? [:]), attempt: attempt)
    }
}
