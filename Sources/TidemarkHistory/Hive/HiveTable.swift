import Tidemark

/// A table of an export in Hive-style partitions: a view, or the contents by their hashes.
struct HiveTable: Sendable {
    /// The table's name, and that of its folder.
    let name: String
    /// The statement for the rows of one environment.
    let sql: String

    static let all = [
        HiveTable(name: "snapshot", sql: Embedded.hiveSnapshot),
        HiveTable(name: "release", sql: Embedded.hiveRelease),
        HiveTable(name: "current", sql: Embedded.hiveCurrent),
        HiveTable(name: "facet_history", sql: Embedded.hiveFacetHistory),
        HiveTable(name: "reading_history", sql: Embedded.hiveReadingHistory),
        HiveTable(name: "image_tag", sql: Embedded.hiveImageTag),
        HiveTable(name: "image_config", sql: Embedded.hiveImageConfig),
        HiveTable(name: "deployment", sql: Embedded.hiveDeployment),
        HiveTable(name: "gap", sql: Embedded.hiveGap),
        HiveTable(name: "note", sql: Embedded.hiveNote),
        HiveTable(name: ExportedTable.content, sql: Embedded.hiveContent),
    ]

    /// The paths of its folders, each after the one that it is in.
    func folders(_ environments: [EnvironmentName]) -> [String] {
        [name] + environments.map { "\(name)/\($0.partition)" }
    }

    /// The path of the file of each partition.
    func files(_ environments: [EnvironmentName]) -> [String] {
        environments.map { "\(name)/\($0.partition)/\(name).jsonl" }
    }
}
