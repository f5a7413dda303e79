import StrictJSON
import Tidemark

/// The report of `history status`: what the history has, and the heads to keep elsewhere.
public struct StatusReport: Sendable {
    /// The chain of an environment.
    public struct Chain: Sendable {
        let environment: EnvironmentName
        let entries: Int64
        let newest: Entry
        let move: Move?
        let pulled: Timestamp?

        /// - Parameters:
        ///   - entries: The number of entries.
        ///   - newest: The newest entry.
        ///   - move: Where the chain goes on, if it has ended.
        ///   - pulled: When the bucket was read last; nil for a history in a file, or if that is unknown.
        public init(
            _ environment: EnvironmentName, entries: Int64, newest: Entry, move: Move?, pulled: Timestamp?
        ) {
            self.environment = environment
            self.entries = entries
            self.newest = newest
            self.move = move
            self.pulled = pulled
        }
    }

    private let name: String
    private let file: (path: String, bytes: Int)
    private let isCopy: Bool
    private let chains: [Chain]

    /// - Parameters:
    ///   - name: The history as the user named it.
    ///   - file: The file of the history, or of the local copy of a history in a bucket, and its size.
    ///   - isCopy: Whether the file is a local copy.
    public init(of name: String, file: (path: String, bytes: Int), isCopy: Bool, _ chains: [Chain]) {
        self.name = name
        self.file = file
        self.isCopy = isCopy
        self.chains = chains
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        text.add("history", name.printable, indent: 0)
        text.add(isCopy ? "copy" : "file", "\(file.path.printable), \(file.bytes) bytes", indent: 0)
        for chain in chains {
            text.add()
            text.add(chain.environment.rawValue)
            text.add("entries", "\(chain.entries)")
            text.add("newest", chain.newest.header.at.readable)
            text.add("head", chain.newest.reference.description)
            text.add("ended", chain.move.map { $0.address.map { "goes on at \($0.printable)" } ?? "goes on nowhere" })
            if isCopy { text.add("as of", chain.pulled?.readable ?? "unknown") }
        }
        if !chains.isEmpty {
            text.add()
            text.add(
                "keep the heads elsewhere: '--head' compares the history with one, and finds a history that was replaced"
            )
        }
        return text.text
    }

    /// The report as a JSON document.
    public var json: String {
        JSONReport.document(
            "status",
            from: Heads(Dictionary(uniqueKeysWithValues: chains.map { ($0.environment, $0.newest.reference) })),
            [
                "history": .string(name), "file": .string(file.path), "bytes": .init(file.bytes),
                "isCopy": .bool(isCopy),
                "chains": .array(chains.map(json)),
            ])
    }

    private func json(_ chain: Chain) -> JSON {
        [
            "environment": .string(chain.environment.rawValue), "entries": .init(chain.entries),
            "newest": .string(chain.newest.header.at.description), "moved": chain.move?.json ?? .null,
            "pulled": JSON(chain.pulled?.description),
        ]
    }
}
