import StrictJSON
import Tidemark

/// The report on a file with an observation: it was written, or it was recorded before.
public struct ObservationReport: Sendable {
    private let observation: ObservationFile
    private let file: String
    /// The entry of the snapshot; nil if it is not recorded.
    private let entry: Entry?

    /// - Parameter file: The file's name.
    package init(_ observation: ObservationFile, in file: String, recordedAs entry: Entry? = nil) {
        self.observation = observation
        self.file = file
        self.entry = entry
    }

    /// The report as text for people.
    public var text: String {
        let label = observation.release.map { ", release \($0.label.printable)" } ?? ""
        let name = "\(observation.environment)\(label)"
        guard let entry else {
            return
                "wrote \(name) to '\(file.printable)': not recorded until 'tidemark history import \(file.printable)'\n"
        }
        return "\(name) was recorded already from '\(file.printable)', as \(entry.reference)\n"
    }

    /// The report as a JSON document.
    public var json: String {
        let heads = Heads(entry.map { [observation.environment: $0.reference] } ?? [:])
        return JSONReport.document(
            "observation", from: heads,
            [
                "environment": .string(observation.environment.rawValue), "file": .string(file),
                "at": .string(observation.time.description), "release": observation.release?.reported ?? .null,
                "attempt": observation.attempt.json, "seq": entry.map { .init($0.header.seq.rawValue) } ?? .null,
                "head": entry?.hash.json ?? .null,
            ])
    }
}
