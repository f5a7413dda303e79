/// Credentials that many callers share: loaded once, and renewed by one of them before they end.
actor SharedCredentials: CredentialProvider {
    /// How long before their end credentials are renewed; those that live shorter, after half of their life.
    static let margin: Duration = .seconds(300)
    /// How long a renewal that failed is not tried again while the old credentials still hold.
    static let pause: Duration = .seconds(30)

    private let chain: CredentialChain
    private let clock: ClientClock
    /// Where credentials were found once, they are renewed.
    private var source: (any CredentialSource)?
    private var current: LoadedCredentials?
    private var renewal: UTCTime?
    private var loading: Task<Result<LoadedCredentials, AWSError>, Never>?

    init(_ chain: CredentialChain, clock: ClientClock) {
        self.chain = chain
        self.clock = clock
    }

    var origin: String { source?.origin ?? "nowhere yet" }

    func credentials() async throws(AWSError) -> Credentials {
        if let current, renewal.map({ clock.now() < $0 }) ?? true { return current.credentials }
        switch await loaded() {
        case .success(let found): return found.credentials
        case .failure(let error):
            guard let current, !current.hasEnded(at: clock.now()) else { throw error }
            return current.credentials
        }
    }

    /// Loads, or waits for the one who does; a caller that is cancelled meanwhile takes nothing from the others.
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
            let (source, found) = try await find()
            guard !found.hasEnded(at: clock.now()) else {
                throw AWSError(
                    kind: .credentials,
                    message: "the credentials of \(source.name) have ended: renew them, or correct this machine's clock"
                )
            }
            self.source = source
            current = found
            renewal = found.expiration.map { $0 - found.margin(from: clock.now()) }
            return .success(found)
        } catch {
            if current != nil { renewal = clock.now() + Self.pause }
            return .failure(error)
        }
    }

    private func find() async throws(AWSError) -> (any CredentialSource, LoadedCredentials) {
        guard let source else { return try await chain.find() }
        if let found = try await source.load() { return (source, found) }
        throw AWSError(kind: .credentials, message: "there are no more credentials in \(source.name)")
    }
}

extension LoadedCredentials {
    fileprivate func hasEnded(at now: UTCTime) -> Bool { expiration.map { $0 <= now } ?? false }

    fileprivate func margin(from now: UTCTime) -> Duration {
        guard let expiration else { return .zero }
        return min(SharedCredentials.margin, .milliseconds((expiration.milliseconds - now.milliseconds) / 2))
    }
}

extension UTCTime {
    static func + (time: UTCTime, duration: Duration) -> UTCTime {
        UTCTime(milliseconds: time.milliseconds + Int64((duration / .milliseconds(1)).rounded()))
    }

    static func - (time: UTCTime, duration: Duration) -> UTCTime { time + (.zero - duration) }
}
