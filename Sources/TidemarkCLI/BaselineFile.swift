import Reports
import Tidemark
import TidemarkAWS

/// Baselines as files of the user's, and those that come with the program.
enum BaselineFile {
    private static let shipped = "shipped:"

    /// - Parameter remedy: What to do where there is no such file.
    static func read(_ file: String, remedy: String) throws -> Baseline {
        try Baseline(
            yaml: text(of: file, remedy: remedy), file: file, attributes: WireAttributes()
        ) { name throws(Failure) in try text(of: name, remedy: "name a file beside this one") }
    }

    private static func text(of file: String, remedy: String) throws(Failure) -> String {
        guard file.hasPrefix(shipped) else { return try Console.readText(file, what: "baseline", remedy: remedy) }
        if let text = ShippedBaselines.text(named: String(file.dropFirst(shipped.count))) { return text }
        throw Failure(
            .notFound, "no baseline '\(file.printable)'",
            why: "those that come with tidemark are \(ShippedBaselines.names.joined(separator: ", "))", remedy: remedy)
    }
}
