import Tidemark

/// The statements that load an export, with all types: nothing is guessed from the rows.
public struct HiveScripts: Sendable {
    private let tables: [ExportedTable]
    private let environments: [EnvironmentName]

    /// Describes the statements for tables, which have a partition for each environment.
    public init(_ tables: [ExportedTable], of environments: [EnvironmentName]) {
        (self.tables, self.environments) = (tables, environments)
    }

    /// The files by their names.
    public var files: [String: String] { ["duckdb.sql": duckDB, "athena.sql": athena] }

    /// The largest row that DuckDB reads, in bytes. An answer of AWS has 16 MiB at most, and escaping doubles its quotes.
    private static let largestRow = 64 << 20

    /// Views for DuckDB, with the function `content` of queries.
    ///
    /// Source: the pages "JSON Loading" and "Hive Partitioning" of DuckDB's documentation.
    var duckDB: String {
        """
        -- Views for DuckDB. Run it in this folder, as in: duckdb -init duckdb.sql
        \(tables.map(duckDBView).joined())
        CREATE OR REPLACE MACRO content(wanted) AS (
            SELECT any_value(found.content) FROM \(ExportedTable.content) AS found WHERE found.hash = wanted
        );

        """
    }

    private func duckDBView(_ table: ExportedTable) -> String {
        let names = ([ExportedTable.partition] + table.columns.map(\.name)).map { "\"\($0)\"" }
        let types = table.columns.map { "\"\($0.name)\": '\($0.isInteger ? "BIGINT" : "VARCHAR")'" }
        return """

            CREATE OR REPLACE VIEW "\(table.name)" AS
            SELECT \(names.joined(separator: ", "))
            FROM read_json(
                '\(table.name)/*/\(table.name).jsonl',
                format = 'newline_delimited',
                maximum_object_size = \(Self.largestRow),
                hive_partitioning = true,
                hive_types = {'\(ExportedTable.partition)': VARCHAR},
                columns = {\(types.joined(separator: ", "))}
            );

            """
    }

    /// Tables for Amazon Athena, with a partition for each environment.
    ///
    /// Source: the pages "CREATE TABLE", "ALTER TABLE ADD PARTITION" and "OpenX JSON SerDe" of the Amazon Athena User Guide.
    var athena: String {
        """
        -- Tables for Amazon Athena, which runs one statement at a time.
        -- Copy this folder to a bucket, and write its address for s3://BUCKET/PREFIX.
        \(tables.map(athenaTable).joined())
        """
    }

    private func athenaTable(_ table: ExportedTable) -> String {
        let types = table.columns.map { "    `\($0.name)` \($0.isInteger ? "bigint" : "string")" }
        let location = "s3://BUCKET/PREFIX/\(table.name)"
        let added = environments.map {
            let value = $0.rawValue.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
            return "    PARTITION (`\(ExportedTable.partition)` = '\(value)') LOCATION '\(location)/\($0.partition)/'"
        }
        return """

            CREATE EXTERNAL TABLE IF NOT EXISTS `\(table.name)` (
            \(types.joined(separator: ",\n"))
            )
            PARTITIONED BY (`\(ExportedTable.partition)` string)
            ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
            LOCATION '\(location)/';

            ALTER TABLE `\(table.name)` ADD IF NOT EXISTS
            \(added.joined(separator: "\n"));

            """
    }
}
