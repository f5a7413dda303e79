import Yams

/// Collects the mistakes of a file while it is read, and keeps an aliased file from growing without end.
package final class MistakeCollector {
    /// The most nodes of a file: more than any baseline has, and few enough to read at once.
    package static let nodeBudget = 200_000
    /// The most characters of a file's patterns with their repetitions written out: more than any baseline has.
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

    /// Adds a mistake within the text of a node.
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

    /// Counts a node.
    /// - Returns: False once the file has grown beyond the budget through its aliases.
    package func count(_ node: Node) -> Bool {
        nodes += 1
        if nodes == Self.nodeBudget { add("the file is too large: it expands to more than \(nodes) values", at: node) }
        return nodes < Self.nodeBudget
    }

    /// Whether the file's patterns are within the budget.
    package var hasRoomForPatterns: Bool { patternSize <= Self.patternBudget }

    /// Counts a pattern, with a mistake if it exceeds the budget.
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
    /// The type of the node, for a message.
    package var noun: String {
        switch self {
        case .scalar: "a single value"
        case .mapping: "a map"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
