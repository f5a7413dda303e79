/// An entry with the contents that the state before it lacks: all that a reader of the chain needs to verify the entry.
public struct ExportedEntry: Sendable {
    /// The entry.
    public let entry: Entry
    /// The canonical JSON of each content by its hash.
    public let contents: [ContentHash: String]

    package init(entry: Entry, contents: [ContentHash: String]) {
        self.entry = entry
        self.contents = contents
    }

    /// The entry as one line of canonical JSON, with `body`, `contents`, `hash` and `header`.
    public var line: String {
        let contents = contents.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",")
        return
            "{\"body\":\(entry.bodyText ?? "null"),\"contents\":{\(contents)},\"hash\":\"\(entry.hash)\",\"header\":\(entry.headerText)}\n"
    }
}
