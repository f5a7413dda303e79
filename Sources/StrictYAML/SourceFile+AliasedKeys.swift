extension SourceFile {
    /// The mistake of a file that has many aliases and a key that may contain some of them, or nil.
    ///
    /// The YAML reader finds duplicate keys by hashing each key with its aliases expanded, which may never end. As a value, an
    /// alias costs nothing until it is read, which has a limit of its own.
    package var aliasedKeyMistake: FileMistake? {
        guard aliasCount > Self.mostAliases else { return nil }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard Self.withoutQuoted(line).contains(Self.compoundKey) else { continue }
            return FileMistake(
                Position(file: name, line: number + 1, column: 1), "among so many aliases a key must be a plain text")
        }
        return nil
    }

    /// The most aliases that may be combined with such keys: they expand to a few million values at worst.
    private static let mostAliases = 40

    /// The number of asterisks that may begin an alias: those before a word, and not after one.
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

    /// The line with an `x` for each text in quotes and each reference.
    private static func withoutQuoted(_ line: Substring) -> String {
        let scalars = Array(line.unicodeScalars)
        // A quote that nothing closes is searched for only once.
        let last = Dictionary(scalars.enumerated().map { ($1, $0) }) { $1 }
        var bare = ""
        var index = 0
        while index < scalars.count {
            if let closing = closing(of: scalars[index...]), last[closing, default: 0] > index,
                let end = scalars[(index + 1)...].firstIndex(of: closing)
            {
                bare += "x"
                index = end + 1
            } else {
                bare.unicodeScalars.append(scalars[index])
                index += 1
            }
        }
        return bare
    }

    /// The character that ends the quoted text or the reference at the beginning.
    private static func closing(of scalars: ArraySlice<Unicode.Scalar>) -> Unicode.Scalar? {
        switch scalars.first {
        case "\"": "\""
        case "'": "'"
        case "$" where scalars.dropFirst().first == "{": "}"
        default: nil
        }
    }

    /// A key that is an alias, a list or a map is on one line with its colon, or follows a question mark.
    private static var compoundKey: Regex<Substring> {
        /(?:\*[A-Za-z0-9_-]+|\]|\})\s*:|(?:^|[\s\[{,])\?(?:\s|$)/.matchingSemantics(.unicodeScalar)
    }
}
