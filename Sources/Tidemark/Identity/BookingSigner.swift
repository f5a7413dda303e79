import StrictJSON

/// Asks a CI provider to sign bookings.
public struct BookingSigner: Sendable {
    /// An identity, and the key that verifies it.
    package struct Identified: Sendable {
        package let identity: ReleaseIdentity
        /// The key, which is stored as content; nil if no key verifies it again.
        package let key: JSON?

        package init(_ identity: ReleaseIdentity, key: JSON? = nil) {
            self.identity = identity
            self.key = key
        }
    }

    /// Finds the images that an observation shows running.
    let images: @Sendable (EnvironmentObservation) -> [String]
    let sign: @Sendable (Booking, _ now: Timestamp) async throws -> Identified

    /// - Parameters:
    ///   - images: Finds the images that an observation shows running, in any order.
    ///   - sign: Has a booking signed. Whatever prevents that is the identity's reason; it throws `CancellationError` alone.
    package init(
        images: @escaping @Sendable (EnvironmentObservation) -> [String],
        sign: @escaping @Sendable (Booking, _ now: Timestamp) async throws -> Identified
    ) {
        self.images = images
        self.sign = sign
    }
}

extension ImageIndex {
    /// The images that an observation shows running, each as `repository@digest`, or with its tag where the digest is unknown.
    package func running(in observation: EnvironmentObservation) -> [String] {
        let found = observation.facets.flatMap { facet, content -> [ImageReference] in
            guard facet.name == Snapshot.description, let content, let definition = self[facet.resource.kind],
                definition.vantage == .running
            else { return [] }
            return definition.find(facet.resource.identity, content)
        }
        return Array(Set(found.map(\.reference)))
    }
}

extension ImageReference {
    /// `repository@digest`, or `repository:tag` where the digest is unknown, with the registry.
    fileprivate var reference: String {
        if let digest { return "\(repository)@\(digest)" }
        return tag.map { "\(repository):\($0)" } ?? repository
    }
}
