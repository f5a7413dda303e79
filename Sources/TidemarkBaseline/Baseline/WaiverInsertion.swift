import StrictYAML
import Yams

/// A position in a baseline's text, and the text of a waiver at that position.
struct WaiverInsertion {
    private let index: String.Index
    private let text: String

    /// The text with the waiver, and no other change.
    func applied(to whole: String) -> String {
        String(whole[..<index]) + text + String(whole[index...])
    }

    /// The possible positions, the likeliest first. Only parsing the new text shows whether one is valid.
    static func candidates(for item: WaiverItem, in text: String, _ root: Node) -> [WaiverInsertion] {
        let lines = YAMLLines(text)
        guard let mapping = root.mapping, let mark = root.mark, let start = lines.index(of: mark) else { return [] }
        if let waivers = mapping["waivers"]?.sequence { return beside(waivers, item, lines) }
        guard lines.scalar(at: start) == "{" else { return atEnd(of: mapping, column: mark.column - 1, item, lines) }
        return [WaiverInsertion(behind: start, "\"waivers\": [\(item.flow)], ", in: lines)]
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

    private static func beside(_ waivers: Node.Sequence, _ item: WaiverItem, _ lines: YAMLLines) -> [WaiverInsertion] {
        guard let mark = waivers.mark, let start = lines.index(of: mark) else { return [] }
        switch lines.scalar(at: start) {
        case "[": return [WaiverInsertion(behind: start, item.flow + (waivers.isEmpty ? "" : ", "), in: lines)]
        case "-": break
        default: return []
        }
        guard let last = waivers.last?.mark else { return [] }
        let dash = mark.column - 1
        let isOnLineOfDash = lines.content(of: last.line - 1).dropFirst(dash).first == "-"
        let block = item.block(dash: dash, offset: isOnLineOfDash ? last.column - mark.column : 2)
        let end = endOfItem(from: last.line, dash: dash, lines)
        return [end.ofContent, end.ofComments].map { WaiverInsertion(before: $0, block, in: lines) }
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
        of mapping: Node.Mapping, column: Int, _ item: WaiverItem, _ lines: YAMLLines
    ) -> [WaiverInsertion] {
        let style = style(of: mapping, lines)
        let heading = String(repeating: " ", count: column) + "waivers:"
        let block = [heading] + item.block(dash: style?.dash ?? column + 2, offset: style?.offset ?? 2)
        let first = mapping.mark?.line ?? 1
        let end = (first..<max(first, lines.count)).first { lines.isMark(at: $0) } ?? lines.count
        let isSeparated = end > 0 && lines.indentation(of: lines.lastLine(before: end)) == nil
        return (isSeparated ? [block] : [[""] + block, block]).map { WaiverInsertion(before: end, $0, in: lines) }
    }

    /// The indentation of the list of expectations; nil without a list.
    private static func style(of mapping: Node.Mapping, _ lines: YAMLLines) -> (dash: Int, offset: Int)? {
        guard let list = mapping["expect"]?.sequence, let mark = list.mark, let item = list.first?.mark,
            let start = lines.index(of: mark), lines.scalar(at: start) == "-", item.line == mark.line
        else { return nil }
        return (mark.column - 1, item.column - mark.column)
    }
}
