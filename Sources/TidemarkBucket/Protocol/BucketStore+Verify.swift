import Tidemark

/// What the object of an entry must have, by a verified copy of the chain.
package struct ExpectedObject: Sendable {
    let entry: HeadReference
    let hasBody: Bool
    /// The contents that the state before the entry lacks.
    let contents: Set<ContentHash>

    package init(_ exported: ExportedEntry) {
        entry = exported.entry.reference
        hasBody = exported.entry.bodyText != nil
        contents = Set(exported.contents.keys)
    }
}

extension BucketStore {
    /// Compares the objects of a chain's entries with a verified copy of the chain. Each object is read.
    /// - Throws: `Failure` with the code `history` for the first object that is absent, damaged or another entry, and `unavailable`
    ///   for one that cannot be read; `CancellationError`.
    package func verify(_ entries: [ExpectedObject], of environment: EnvironmentName) async throws {
        let keys = EntryKeys(prefix: prefix, environment: environment)
        try await forEachConcurrently(entries) { try await verify($0, keys) }
    }

    private func verify(_ expected: ExpectedObject, _ keys: EntryKeys) async throws {
        guard let found = try await readExisting(expected.entry.seq, keys) else {
            throw Failure(
                .history, "the history of '\(keys.environment)' is not whole",
                why: "it lacks entry \(expected.entry.seq), which the local copy has",
                remedy: "find out who removed it; the local copy has it")
        }
        let why: String? =
            if found.entry.reference != expected.entry {
                "it has \(found.entry.reference), and the copy has \(expected.entry)"
            } else if (found.entry.bodyText != nil) != expected.hasBody {
                expected.hasBody ? "its body is missing" : "it has a body, which the copy lacks"
            } else if !expected.contents.isSubset(of: found.contents.keys) {
                "it lacks a content that the entry names"
            } else {
                nil
            }
        guard let why else { return }
        throw Failure(
            .history, "the object '\(keys[expected.entry.seq])' is not the entry that the local copy has", why: why,
            remedy: "find out who replaced it; the local copy has the entry")
    }
}
