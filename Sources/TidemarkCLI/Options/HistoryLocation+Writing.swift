import Tidemark
import TidemarkHistory
import TidemarkKinds

extension HistoryLocation {
    /// The address of a bucket that is not the one of another history.
    static func bucket(
        _ address: String, besides source: HistoryLocation, _ configured: Project.History?
    ) throws(Failure) -> HistoryLocation {
        let target = try HistoryLocation(address, configured)
        guard target.bucket != nil else {
            throw Failure(
                .invalid, "'\(address.printable)' cannot be used", why: "it is not an address in a bucket",
                remedy: "write s3://BUCKET/PREFIX; 'history export --sqlite FILE' copies a history to a file")
        }
        guard !target.name.isIdenticalText(to: source.name) else {
            throw Failure(
                .invalid, "'\(address.printable)' cannot be used", why: "it is the history itself",
                remedy: "name another prefix")
        }
        return target
    }

    /// Opens the history, or its local copy, for reading.
    func open() throws(Failure) -> History {
        try History.open(readingAt: file, images: KindRegistry.all.images).named(name)
    }

    /// Settles what waits in the outbox of an environment, and brings the local copy of a history in a bucket up to date.
    func settle(_ environment: EnvironmentName) async throws {
        try await shared()?.settle(environment) { Console.note([$0]) }
    }

    /// Appends a recording, like `EntryStore.publish`.
    func publish(_ recording: Recording) async throws -> AppendedSnapshot? {
        if let shared = try shared() { return try await shared.publish(recording) { Console.note([$0]) } }
        return try await write(recording.environment) { try await $0.publish(recording) }
    }

    /// Ends the chain of an environment, like `EntryStore.end`.
    /// - Parameter prepare: Does what must be done before the chain ends.
    func end(
        _ environment: EnvironmentName, with move: Move, as attestation: AttestedOptions.Attestation,
        prepare: (ChainHead) async throws -> Void = { _ in }
    ) async throws -> HeadReference {
        if let shared = try shared() {
            return try await shared.end(
                environment, with: move, caller: attestation.caller, time: attestation.time,
                report: { Console.note([$0]) }, prepare: prepare)
        }
        return try await write(environment) { store in
            try await store.end(
                environment, with: move, caller: attestation.caller, time: attestation.time, prepare: prepare)
        }
    }

    /// Appends a note on an entry, like `History.note`.
    func note(
        on seq: Seq, of environment: EnvironmentName, _ text: String?, _ correction: Note.Correction?,
        as attestation: AttestedOptions.Attestation
    ) async throws -> Entry {
        if let shared = try shared() {
            return try await shared.note(
                on: seq, of: environment, text, correction, caller: attestation.caller, time: attestation.time,
                report: { Console.note([$0]) })
        }
        return try await History.note(
            at: file, images: KindRegistry.all.images, on: seq, of: environment, text, correction,
            caller: attestation.caller, time: attestation.time)
    }

    /// Writes to the file while no other recorder of the environment does.
    private func write<Value>(
        _ environment: EnvironmentName, _ body: (FileStore) async throws -> Value
    ) async throws -> Value {
        Console.note(try History.repair(at: file, images: KindRegistry.all.images))
        return try await History.locked(at: file, environment) {
            try await body(FileStore(path: file, images: KindRegistry.all.images, clock: .system))
        }
    }
}
