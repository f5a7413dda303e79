import Tidemark
import TidemarkHistory
import TidemarkKinds

extension HistoryLocation {
    /// Opens the history, or its local copy, for reading.
    func open() throws(Failure) -> History {
        try History.open(readingAt: file, images: KindRegistry.all.images).named(name)
    }

    /// Appends a recording, like `EntryStore.publish`.
    func publish(_ recording: Recording) async throws -> AppendedSnapshot? {
        if let shared = try shared() { return try await shared.publish(recording) { Console.note([$0]) } }
        Console.note(try History.repair(at: file, images: KindRegistry.all.images))
        return try FileStore(path: file, images: KindRegistry.all.images, clock: .system).publish(recording)
    }

    /// Ends the chain of an environment, like `EntryStore.end`.
    /// - Parameter prepare: Does what must be done before the chain ends.
    func end(
        _ environment: EnvironmentName, with move: Move, as attestation: AttestedOptions.Attestation,
        prepare: (ChainHead) async throws -> Void = { _ in }
    ) async throws -> Entry {
        if let shared = try shared() {
            return try await shared.end(
                environment, with: move, caller: attestation.caller, time: attestation.time,
                report: { Console.note([$0]) }, prepare: prepare)
        }
        Console.note(try History.repair(at: file, images: KindRegistry.all.images))
        return try await FileStore(path: file, images: KindRegistry.all.images, clock: .system).end(
            environment, with: move, caller: attestation.caller, time: attestation.time, prepare: prepare)
    }
}
