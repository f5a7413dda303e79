extension EnvironmentName {
    /// The folder of an environment in an exported table: `environment=antenna-production`.
    ///
    /// The name is percent-encoded, as in Hive. Readers take some names for null; the last character of such a name is encoded too.
    ///
    /// Source: `escapePathName` of Hive's `FileUtils`, and the page "Hive Partitioning" of DuckDB's documentation.
    package var partition: String {
        let encoded = percentEncoded
        guard Self.nulls.contains(encoded.lowercased()), let last = encoded.utf8.last else {
            return "\(ExportedTable.partition)=\(encoded)"
        }
        return "\(ExportedTable.partition)=\(encoded.dropLast())\(Self.percentEncoding(of: last))"
    }

    private static let nulls: Set = ["null", "__hive_default_partition__"]
}
