extension SourceFile {
    /// A key made of aliases that may grow without end, or nil.
    ///
    /// To see whether a key stands twice, the YAML reader hashes it, with all that its aliases stand for. As a value, an
    /// alias costs nothing until it is read, which has a limit of its own.
    var explosiveKey: FileMistake? {
        guard aliasCount > Self.mostAliases else { return nil }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bare = line.replacing(Self.quoted, with: "x")
            guard bare.contains(Self.compoundKey) else { continue }
            return FileMistake(
                Position(file: name, line: number + 1, column: 1), "among so many aliases a key must be a plain text")
        }
        return nil
    }

    /// So many expand to no more than millions of values, however they are put together.
    private static let mostAliases = 40

    /// How many asterisks may begin an alias: those that follow no word, and have one after them.
    private var aliasCount: Int {
        var count = 0
        var (first, second) = (UInt8(ascii: " "), UInt8(ascii: " "))
        for byte in text.utf8 {
            let isAlias = second == UInt8(ascii: "*") && Self.separators.contains(first)
            if isAlias, !Self.separators.contains(byte) { count += 1 }
            (first, second) = (second, byte)
        }
        return count
    }

    private static let separators = Set(" \t\r\n[{,:?-".utf8)

    private static var quoted: Regex<Substring> { /"[^"]*"|'[^']*'|\$\{[^}]*\}/.matchingSemantics(.unicodeScalar) }

    /// A key that is an alias, a list or a map stands on one line with its colon, or follows a question mark.
    private static var compoundKey: Regex<Substring> {
        /(?:\*[A-Za-z0-9_-]+|\]|\})\s*:|(?:^|[\s\[{,])\?(?:\s|$)/.matchingSemantics(.unicodeScalar)
    }
}
