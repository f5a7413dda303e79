/// Splits a text into words like a POSIX shell without expansions, and like Python's `shlex.split`.
enum ShellWords {
    /// Returns the words, or nil if a quotation or an escape does not end.
    static func split(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String.UnicodeScalarView?
        var quote: Unicode.Scalar?
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch (scalar, quote) {
            case (_, let open?) where scalar == open: quote = nil
            case ("\\", "\""):
                guard let next = scalars.next() else { return nil }
                // Within double quotes only `"` and `\` can be escaped.
                word?.append(contentsOf: next == "\"" || next == "\\" ? [next] : ["\\", next])
            case (_, .some): word?.append(scalar)
            case ("\"", nil), ("'", nil): (quote, word) = (scalar, word ?? .init())
            case ("\\", nil):
                guard let next = scalars.next() else { return nil }
                word = (word ?? .init()) + [next]
            case (" ", nil), ("\t", nil), ("\n", nil), ("\r", nil):
                if let ended = word { words.append(String(ended)) }
                word = nil
            default: word = (word ?? .init()) + [scalar]
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(String(word)) }
        return words
    }
}
