import Tidemark

/// The result of writing an entry.
enum WriteOutcome {
    case won
    /// Another recorder's entry has the key.
    case lost
    /// The store refused the request and has not executed it.
    case refused(StoreRefusal)
    /// The entry may be there, or may be there later.
    case unknown(String)
}

extension BucketStore {
    /// The time for which a request of unknown outcome is sent again.
    private static let writingTime = Duration.seconds(60)

    /// Creates the object of an entry.
    ///
    /// A request of unknown outcome may be executed at any later time. Only the same bytes under the same key are safe to send
    /// then: whichever request is executed first, there is one object, and it has the entry.
    /// - Parameter mayBeExecuted: Whether an earlier request for the object had an unknown outcome.
    func write(
        _ entry: ExportedEntry, _ keys: EntryKeys, mayBeExecuted: Bool = false
    ) async throws -> WriteOutcome {
        let bytes = try EntryObject.encode(entry)
        var (mayBeExecuted, backoff) = (mayBeExecuted, Backoff(clock, limit: Self.writingTime))
        while true {
            let why: String
            switch await objects.create(keys[entry.entry.header.seq], bytes) {
            case .created: return .won
            case .exists:
                let owner = applies(.readExisting) ? try await self.owner(of: entry.entry, keys) : .another
                switch owner {
                case .this: return .won
                case .another: return .lost
                case .unknown(let reason): why = reason
                }
            case .refused(let refusal):
                guard mayBeExecuted, applies(.doubtRefusal) else { return .refused(refusal) }
                why = refusal.why
            case .unknown(let reason): why = reason
            }
            guard applies(.sendAgain) else { return .lost }
            mayBeExecuted = true
            // An end by the user leaves the outcome unknown too.
            guard let isTimeLeft = try? await backoff.wait(), isTimeLeft else { return .unknown(why) }
        }
    }

    private enum Owner {
        case this
        case another
        case unknown(String)
    }

    /// Finds out whose entry has the key of an entry.
    private func owner(of entry: Entry, _ keys: EntryKeys) async throws -> Owner {
        switch await objects.read(keys[entry.header.seq]) {
        case .found(let bytes):
            let found = try EntryObject.decode(bytes, of: entry.header.seq, in: keys).entry
            return found.hash == entry.hash ? .this : .another
        case .absent where applies(.doubtAbsence):
            return .unknown("the store reports that the object exists and is absent")
        case .absent: return .another
        case .refused(let refusal): return .unknown(refusal.why)
        case .unknown(let why): return .unknown(why)
        }
    }
}
