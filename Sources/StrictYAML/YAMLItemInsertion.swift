import Yams

/// A position in a document's text, and the text of a new list item at that position.
package struct YAMLItemInsertion {
    private let index: String.Index
    private let text: String

    /// The text with the item, and no other change.
    package func applied(to whole: String) -> String {
        String(whole[..<index]) + text + String(whole[index...])
    }

    /// The possible positions, the likeliest first. Only parsing the new text shows whether one is valid.
    /// - Parameters:
    ///   - list: The key of the list.
    ///   - model: The key of the list whose indentation a new list has.
    package static func candidates(
        for item: YAMLItem, of list: String, like model: String, in text: String, _ root: Node
    ) -> [YAMLItemInsertion] {
        let lines = YAMLLines(text)
        guard let mapping = root.mapping, let mark = root.mark, let start = lines.index(of: mark) else { return [] }
        if let items = mapping[list]?.sequence { return beside(items, item, lines) }
        guard lines.scalar(at: start) == "{" else {
            return atEnd(of: mapping, column: mark.column - 1, item, list, like: model, lines)
        }
        return [YAMLItemInsertion(behind: start, "\"\(list)\": [\(item.flow)], ", in: lines)]
    }

    /// Inserts the text after a bracket.
    private init(behind index: String.Index, _ text: String, in lines: YAMLLines) {
        self.index = lines.text.unicodeScalars.index(after: index)
        self.text = text
    }

    /// Inserts lines before another line, or at the end of a text, whose last line may lack its line break.
    private init(before line: Int, _ block: [String], in lines: YAMLLines) {
        index = lines.start(of: line)
        let isUnended = line >= lines.count && !lines.content(of: lines.count - 1).isEmpty
        text = block.map { isUnended ? lines.ending + $0 : $0 + lines.ending }.joined()
    }

    // MARK: In an existing list

    private static func beside(_ items: Node.Sequence, _ item: YAMLItem, _ lines: YAMLLines) -> [YAMLItemInsertion] {
        guard let mark = items.mark, let start = lines.index(of: mark) else { return [] }
        switch lines.scalar(at: start) {
        case "[": return [YAMLItemInsertion(behind: start, item.flow + (items.isEmpty ? "" : ", "), in: lines)]
        case "-": break
        default: return []
        }
        guard let last = items.last?.mark else { return [] }
        let dash = mark.column - 1
        let isOnLineOfDash = lines.content(of: last.line - 1).dropFirst(dash).first == "-"
        let block = item.block(dash, isOnLineOfDash ? last.column - mark.column : 2)
        let end = endOfItem(from: last.line, dash: dash, lines)
        return [end.ofContent, end.ofComments].map { YAMLItemInsertion(before: $0, block, in: lines) }
    }

    /// The line after the last line of an item, and the line after the comments and empty lines that follow.
    ///
    /// An item ends before the first line, other than a comment, that is not indented further than its dash.
    private static func endOfItem(
        from start: Int, dash: Int, _ lines: YAMLLines
    ) -> (ofContent: Int, ofComments: Int) {
        var (content, line) = (start, start)
        while line < lines.count {
            if let indentation = lines.indentation(of: line) {
                if indentation > dash {
                    content = line + 1
                } else if lines.content(of: line).dropFirst(indentation).first != "#" {
                    break
                }
            }
            line += 1
        }
        return (content, line)
    }

    // MARK: In a new list

    private static func atEnd(
        of mapping: Node.Mapping, column: Int, _ item: YAMLItem, _ list: String, like model: String, _ lines: YAMLLines
    ) -> [YAMLItemInsertion] {
        let style = style(of: mapping[model], lines)
        let heading = String(repeating: " ", count: column) + "\(list):"
        let block = [heading] + item.block(style?.dash ?? column + 2, style?.offset ?? 2)
        let first = mapping.mark?.line ?? 1
        let end = (first..<max(first, lines.count)).first { lines.isMark(at: $0) } ?? lines.count
        let isSeparated = end > 0 && lines.indentation(of: lines.lastLine(before: end)) == nil
        return (isSeparated ? [block] : [[""] + block, block]).map { YAMLItemInsertion(before: end, $0, in: lines) }
    }

    /// The indentation of a list; nil without one.
    private static func style(of model: Node?, _ lines: YAMLLines) -> (dash: Int, offset: Int)? {
        guard let list = model?.sequence, let mark = list.mark, let item = list.first?.mark,
            let start = lines.index(of: mark), lines.scalar(at: start) == "-", item.line == mark.line
        else { return nil }
        return (mark.column - 1, item.column - mark.column)
    }
}
