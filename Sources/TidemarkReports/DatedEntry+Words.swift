import StrictJSON
import Tidemark

extension DatedEntry {
    /// `@4, 2026-11-23 20:40:43Z`, with `, or before` if it may have been earlier.
    var inWords: String { "\(seq), \(at.readable)\(isAtLatest ? ", or before" : "")" }

    /// The entry in JSON.
    /// - Parameter members: The members before those of the entry.
    func json(_ members: JSONObject = [:]) -> JSON {
        var members = members
        members["seq"] = .init(seq.rawValue)
        members["at"] = .string(at.description)
        members["orBefore"] = .bool(isAtLatest)
        return .object(members)
    }
}

extension TextLines {
    /// Adds a line for each environment of which entries were removed or erased.
    mutating func add(_ missing: [MissingEntries]) {
        if !missing.isEmpty { add() }
        for entries in missing { add("incomplete: of \(entries.environment), \(entries)") }
    }
}

extension MissingEntries {
    var json: JSON {
        [
            "environment": .string(environment.rawValue),
            "removedBefore": removedBefore.map { .init($0.rawValue) } ?? .null,
            "erasedUpTo": erasedUpTo.map { .init($0.rawValue) } ?? .null,
        ]
    }
}
