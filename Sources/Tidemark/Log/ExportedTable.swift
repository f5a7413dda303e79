/// A table of an export in Hive-style partitions: a file of JSON Lines for each environment.
public struct ExportedTable: Sendable, Hashable {
    /// The table's name, and that of its folder.
    public let name: String
    /// The columns that the rows have: all but the environment.
    public let columns: [ExportedColumn]

    /// The column of the environment's name, which the names of folders have.
    public static let partition = "environment"
    /// The table of contents by their hashes, which the function `content` of queries reads.
    public static let content = "content"

    package init(_ name: String, columns: [ExportedColumn]) { (self.name, self.columns) = (name, columns) }
}

/// A column of an exported table.
public struct ExportedColumn: Sendable, Hashable {
    /// The column's name.
    public let name: String

    /// The columns that have numbers of entries, and the number of changes.
    private static let integers: Set = ["seq", "since", "until", "changed", "after", "about"]

    package init(_ name: String) { self.name = name }

    /// Whether the column has integers; every other one has texts.
    public var isInteger: Bool { Self.integers.contains(name) }
}
