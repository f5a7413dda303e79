import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// The report of `baseline check`: every mistake with its line.
public struct BaselineCheckReport: Sendable {
    private let files: [String]
    private let errors: [FileError]
    private let failures: [String]
    private let snapshot: SnapshotView?
    private let heads: Heads

    /// Creates the report of checked files.
    /// - Parameters:
    ///   - files: All files, including those that could not be checked.
    ///   - errors: The mistakes of each file that was read.
    ///   - failures: Why files could not be checked, one for each of them.
    ///   - snapshot: The snapshot that they were checked with, if any.
    public init(
        _ files: [String], errors: [FileError], failures: [String] = [], snapshot: SnapshotView? = nil,
        from heads: Heads = Heads()
    ) {
        self.files = files
        self.errors = errors
        self.failures = failures
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
        let mistakes = count > 0 ? [counted(count, "mistake")] : failures.isEmpty ? ["no mistakes"] : []
        let unchecked = failures.isEmpty ? [] : ["\(failures.count) could not be checked"]
        let parts = mistakes + unchecked + (snapshot.map { [$0.asOf] } ?? [])
        text.add("\(counted(files.count, "baseline")): \(parts.joined(separator: ", "))")
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
                "mistakes": .array(mistakes), "failures": JSON(failures),
            ])
    }
}
