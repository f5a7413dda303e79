import Yams

/// Collects the mistakes of a file while it is read, and keeps an aliased file from growing without end.
package final class MistakeCollector {
    /// More nodes than any baseline has, and few enough to read at once.
    package static let nodeBudget = 200_000
    /// More characters than the patterns of any baseline have, their repetitions written out.
    package static let patternBudget = 1_000_000

    package private(set) var mistakes: [FileMistake] = []
    package let file: SourceFile
    /// Made when it is first needed, and once: a file may have a mistake in every value.
    private lazy var scalars = SourceScalars(file.text)
    private var nodes = 0
    private var patternSize = 0

    package init(_ file: SourceFile = SourceFile(name: "", text: "")) { self.file = file }

    package func add(_ message: String, at node: Node) {
        mistakes.append(FileMistake(position(of: node), message))
    }

    /// - Parameter offset: The number of scalars of the node's text before the mistake.
    package func add(_ message: String, at node: Node, offset: Int) {
        let (start, skipped) = (position(of: node), scalars.width(of: node, upTo: offset) ?? 0)
        mistakes.append(
            FileMistake(Position(file: start.file, line: start.line, column: start.column + skipped), message))
    }

    package func position(of node: Node) -> Position {
        Position(file: file.name, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    package func add(_ found: [FileMistake]) { mistakes += found }

    /// False once the file has grown beyond the budget through its aliases.
    package func count(_ node: Node) -> Bool {
        nodes += 1
        if nodes == Self.nodeBudget { add("the file is too large: it expands to more than \(nodes) values", at: node) }
        return nodes < Self.nodeBudget
    }

    /// False once the file's patterns have grown beyond the budget.
    package var hasRoomForPatterns: Bool { patternSize <= Self.patternBudget }

    /// - Returns: Whether there was room for the pattern.
    package func countPattern(ofSize size: Int, at node: Node) -> Bool {
        patternSize += size
        if hasRoomForPatterns { return true }
        add(
            "the patterns of the file are too large: with their repetitions written out they have more than "
                + "\(Self.patternBudget) characters", at: node)
        return false
    }
}

extension Node {
    /// What the node is, for a message.
    package var noun: String {
        switch self {
        case .scalar: "a single value"
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
