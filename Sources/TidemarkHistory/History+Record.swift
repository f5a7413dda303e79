import Tidemark

extension History {
    /// How often a look is taken again because somebody else recorded meanwhile.
    public static let maximumAttempts = 3

    /// Takes a snapshot and appends it: the whole of `tidemark record`, over any source of looks.
    ///
    /// The file is made only when there is something to append.
    /// - Parameter walk: Looks at the environment; is given what is known of it, and called again if another recorder
    ///   was faster, so that an older look never overwrites a newer one.
    public static func record(
        at path: String, environment: EnvironmentName, release: Release?, clock: () -> Timestamp = Timestamp.now,
        walk: (Head?) async throws -> Look
    ) async throws -> Receipt {
        for _ in 1...maximumAttempts {
            let known = try knownHead(of: environment, at: path)
            let look = try await walk(known)
            let recording = Recording(environment: environment, look: look, release: release, after: known?.snapshot)
            if let receipt = try open(appendingAt: path).append(recording, clock: clock) { return receipt }
        }
        throw Failure(
            .conflict, "'\(environment)' was not recorded", why: "others kept recording it at the same time",
            remedy: "try again")
    }

    /// The head of an environment's chain in a file that need not be there yet; nil where nothing is known of it.
    public static func knownHead(of environment: EnvironmentName, at path: String) throws(Failure) -> Head? {
        do {
            return try open(readingAt: path).head(of: environment)
        } catch let failure where failure.code == .notFound {
            return nil
        }
    }
}
