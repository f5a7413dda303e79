import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// The report of `baseline check`: every mistake with its line.
public struct BaselineCheckReport: Sendable {
    private let files: [String]
    private let errors: [FileError]
    private let snapshot: SnapshotView?
    private let heads: Heads

    /// Creates the report of checked files.
    /// - Parameters:
    ///   - files: The files that were read.
    ///   - errors: The mistakes of each file.
    ///   - snapshot: The snapshot that they were checked with, if any.
    public init(_ files: [String], errors: [FileError], snapshot: SnapshotView? = nil, from heads: Heads = Heads()) {
        self.files = files
        self.errors = errors
        self.snapshot = snapshot
        self.heads = heads
    }

    /// Whether no file has a mistake.
    public var isWithoutMistakes: Bool { errors.allSatisfy(\.mistakes.isEmpty) }

    /// The report as text: each mistake, its line, and a mark below the place.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        for error in errors {
            for mistake in error.mistakes {
                text.add(mistake.line.printable)
                guard let source = error.source(of: mistake) else { continue }
                text.add("    \(source.text)")
                text.add("    \(String(repeating: " ", count: source.offset))\(style.paint("^", .red))")
            }
        }
        let count = errors.map(\.mistakes.count).reduce(0, +)
        let against = snapshot.map { ", \($0.asOf)" } ?? ""
        text.add(
            "\(counted(files.count, "baseline")): \(count == 0 ? "no mistakes" : counted(count, "mistake"))\(against)")
        return text.text
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        let mistakes = errors.flatMap { error in
            error.mistakes.map { mistake -> JSON in
                [
                    "file": .string(mistake.position.file), "line": .init(mistake.position.line),
                    "column": .init(mistake.position.column), "message": .string(mistake.message),
                    "source": JSON(error.source(of: mistake)?.text),
                ]
            }
        }
        return JSONReport.document(
            "baseline check", from: heads,
            [
                "baselines": JSON(files), "asOf": snapshot.map(JSONReport.asOf) ?? .null,
                "mistakes": .array(mistakes),
            ])
    }
}
