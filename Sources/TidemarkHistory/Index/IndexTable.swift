/// A table of the index whose rows are derived from the log.
enum IndexTable: String, CaseIterable {
    case entry, version, current, reading, fingerprint, walk, parts, gap, release, image, config, deployment, note
    case currentReading = "current_reading"
    case currentFingerprint = "current_fingerprint"

    var name: String { "index_\(rawValue)" }

    /// The query for the rows: the environment of each, and its values with names instead of the keys of other tables.
    var rows: String {
        switch self {
        case .entry: Embedded.rowsOfEntry
        case .version: Embedded.rowsOfVersion
        case .current: Embedded.rowsOfCurrent
        case .reading: Embedded.rowsOfReading
        case .fingerprint: Embedded.rowsOfFingerprint
        case .walk: Embedded.rowsOfWalk
        case .parts: Embedded.rowsOfParts
        case .gap: Embedded.rowsOfGap
        case .release: Embedded.rowsOfRelease
        case .image: Embedded.rowsOfImage
        case .config: Embedded.rowsOfConfig
        case .deployment: Embedded.rowsOfDeployment
        case .note: Embedded.rowsOfNote
        case .currentReading: Embedded.rowsOfCurrentReading
        case .currentFingerprint: Embedded.rowsOfCurrentFingerprint
        }
    }
}
