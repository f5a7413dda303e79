extension SourceFile {
    /// A key made of aliases that may grow without end, or nil.
    ///
    /// To see whether a key stands twice, the YAML reader hashes it, with all that its aliases stand for. As a value, an
    /// alias costs nothing until it is read, which has a limit of its own.
    var explosiveKey: FileMistake? {
        guard text.utf8.contains(UInt8(ascii: "*")), text.matches(of: Self.alias).count > Self.mostAliases else {
            return nil
        }
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

    private static var alias: Regex<Substring> { /(?:^|[\s\[{,:?-])\*[A-Za-z0-9_-]/.matchingSemantics(.unicodeScalar) }
    private static var quoted: Regex<Substring> { /"[^"]*"|'[^']*'|\$\{[^}]*\}/.matchingSemantics(.unicodeScalar) }

    /// A key that is an alias, a list or a map stands on one line with its colon, or follows a question mark.
    private static var compoundKey: Regex<Substring> {
        /(?:\*[A-Za-z0-9_-]+|\]|\})\s*:|(?:^|[\s\[{,])\?(?:\s|$)/.matchingSemantics(.unicodeScalar)
    }
}
