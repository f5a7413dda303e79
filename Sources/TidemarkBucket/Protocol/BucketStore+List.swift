import Tidemark

extension BucketStore {
    /// The environments that have an entry in the store, in the order of their keys.
    ///
    /// Lists at most one page for each environment, and skips the rest of its keys.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be listed; `CancellationError`.
    package func environments() async throws -> [EnvironmentName] {
        var (environments, last) = ([EnvironmentName](), String?.none)
        while true {
            let (keys, hasMore) = try await list(EntryKeys.folder(prefix), after: last)
            for key in keys {
                guard let found = EntryKeys.environment(of: key, prefix: prefix) else { continue }
                if environments.last != found { environments.append(found) }
            }
            guard hasMore, let end = keys.last else { return environments }
            // A tilde sorts after all that follows an environment in a key.
            let skipped = environments.last.map { EntryKeys(prefix: prefix, environment: $0).root + "~" }
            last = skipped.map { max(end, $0) } ?? end
        }
    }

    /// The warning about objects of something else, which have keys of entries: the newest of them is not an entry. Nil if it is.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read, and `history` for an entry of another format.
    package func foreignObjects(of environment: EnvironmentName) async throws -> String? {
        let keys = EntryKeys(prefix: prefix, environment: environment)
        guard let newest = try await seqs(keys, after: nil).last else { return nil }
        do {
            _ = try await readEntry(newest, keys)
            return nil
        } catch let failure as Failure where failure.remedy == .searchCopies {
            return "'\(environment)' is left out: \(failure.what)\(failure.why.map { ": \($0)" } ?? "")"
        }
    }

    /// The number of the oldest entry after another one; nil if there is none.
    func oldest(_ keys: EntryKeys, after seq: Seq? = nil) async throws -> Seq? {
        var last = seq.map { keys[$0] }
        while true {
            let (found, hasMore) = try await list(keys.folder, after: last)
            let seq = found.lazy.compactMap(keys.seq(of:)).first
            guard seq == nil, hasMore, let next = found.last else { return seq }
            last = next
        }
    }

    /// The numbers of all entries after one, in their order.
    func seqs(_ keys: EntryKeys, after seq: Seq?) async throws -> [Seq] {
        var (seqs, last) = ([Seq](), seq.flatMap { $0 < .first ? nil : keys[$0] })
        while true {
            let (found, hasMore) = try await list(keys.folder, after: last)
            seqs += found.compactMap(keys.seq(of:))
            guard hasMore, let next = found.last else { return seqs }
            last = next
        }
    }

    /// Lists a page of keys.
    func list(_ prefix: String, after last: String?) async throws -> (keys: [String], hasMore: Bool) {
        switch try await repeated({ await objects.keys(withPrefix: prefix, after: last) }, while: \.isUnknown) {
        case .page(let keys, let hasMore): return (keys, hasMore)
        case .refused(let refusal):
            throw Failure(
                .unavailable, "the history cannot be listed", why: refusal.why,
                remedy: refusal.remedy(allowing: "check the permission to list the objects of the history"))
        case .unknown(let why):
            throw Failure(.unavailable, "the history cannot be listed", why: why, remedy: .waitForStore)
        }
    }
}

extension ListOutcome {
    fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
