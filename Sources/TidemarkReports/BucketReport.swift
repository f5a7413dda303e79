/// The part of `doctor`'s report that is about the bucket of the history.
public struct BucketReport: Sendable {
    /// A setting of the bucket.
    public struct Row: Sendable {
        let name: String
        let text: String
        let needsAttention: Bool

        /// - Parameters:
        ///   - text: What the setting is, or why it is unknown, in one line.
        ///   - needsAttention: Whether the setting endangers the history, or is unknown.
        public init(name: String, text: String, needsAttention: Bool) {
            self.name = name
            self.text = text
            self.needsAttention = needsAttention
        }
    }

    private let address: String
    private let rows: [Row]

    /// - Parameter address: The address of the history, as the user names it.
    public init(_ address: String, _ rows: [Row]) {
        self.address = address
        self.rows = rows
    }

    /// Whether no setting endangers the history, and all are known.
    public var isHealthy: Bool { !rows.contains(where: \.needsAttention) }

    /// The report as text for people, on a terminal with colors.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        text.add("history", address.printable, width: 13, indent: 0)
        for row in rows {
            let value = row.text.printable
            text.add(row.name, row.needsAttention ? style.paint(value, .yellow) : value, width: 13, indent: 2)
        }
        if !isHealthy {
            text.add(
                "next",
                "correct versioning and the lifecycle rules first; then add the statements that 'tidemark policy --part bucket' prints to the bucket's policy",
                width: 13)
        }
        return text.text
    }
}
