import CivilTime

/// A cache of credentials for many callers: loads them once and refreshes them before they expire.
actor CredentialCache: CredentialProvider {
    /// The time before their expiration at which credentials are refreshed; short-lived ones after half of their lifetime.
    static let margin: Duration = .seconds(300)
    /// The time after a failed refresh until the next attempt, while the old credentials are valid.
    static let retryDelay: Duration = .seconds(30)

    private let chain: CredentialChain
    private let clock: ProgramClock
    /// The source that gave the credentials, which also refreshes them.
    private var source: (any CredentialSource)?
    private var current: LoadedCredentials?
    private var refreshTime: UTCTime?
    private var loading: Task<Result<LoadedCredentials, AWSError>, Never>?

    init(_ chain: CredentialChain, clock: ProgramClock) {
        self.chain = chain
        self.clock = clock
    }

    var origin: String { source?.origin ?? "no source yet" }

    func credentials() async throws(AWSError) -> Credentials {
        if let current, refreshTime.map({ clock.now() < $0 }) ?? true { return current.credentials }
        switch await loaded() {
        case .success(let loaded): return loaded.credentials
        case .failure(let error):
            guard let current, !current.hasExpired(at: clock.now()) else { throw error }
            return current.credentials
        }
    }

    /// Loads the credentials, or waits for a load in progress. Cancelling one caller does not affect the others.
    private func loaded() async -> Result<LoadedCredentials, AWSError> {
        if let loading { return await loading.value }
        let task = Task { await load() }
        loading = task
        let result = await task.value
        loading = nil
        return result
    }

    private func load() async -> Result<LoadedCredentials, AWSError> {
        do throws(AWSError) {
            let (source, loaded) = try await find()
            guard !loaded.hasExpired(at: clock.now()) else {
                throw AWSError(
                    reason: .credentials,
                    message:
                        "the credentials of \(source.name) have expired: refresh them, or correct this machine's clock"
                )
            }
            self.source = source
            current = loaded
            refreshTime = loaded.expiration.map { $0 - loaded.margin(from: clock.now()) }
            return .success(loaded)
        } catch {
            if current != nil { refreshTime = clock.now() + Self.retryDelay }
            return .failure(error)
        }
    }

    private func find() async throws(AWSError) -> (any CredentialSource, LoadedCredentials) {
        guard let source else { return try await chain.find() }
        if let loaded = try await source.load() { return (source, loaded) }
        throw AWSError(reason: .credentials, message: "\(source.name) has no more credentials")
    }
}

extension LoadedCredentials {
    fileprivate func hasExpired(at now: UTCTime) -> Bool { expiration.map { $0 <= now } ?? false }

    fileprivate func margin(from now: UTCTime) -> Duration {
        guard let expiration else { return .zero }
        return min(CredentialCache.margin, .milliseconds((expiration.milliseconds - now.milliseconds) / 2))
    }
}
