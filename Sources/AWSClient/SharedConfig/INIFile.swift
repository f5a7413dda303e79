/// A file of sections and options, read as Python's `configparser.RawConfigParser` does, which is how the AWS CLI reads
/// its files.
///
/// Comments stand on lines of their own; a line that is indented deeper than the option above goes on with its value.
/// Source: `configloader.py` of botocore and the Python library reference, "configparser".
struct INIFile: Sendable, Hashable {
    struct Section: Sendable, Hashable {
        let name: String
        /// By their names in lower case.
        var options: [String: INIValue]
    }

    /// In the order of the file; the options of `[DEFAULT]` are in every section that has no own of that name.
    let sections: [Section]

    init(sections: [Section]) { self.sections = sections }

    /// - Throws: The first mistake of the file.
    init(parsing bytes: [UInt8]) throws(INIMistake) {
        var reader = INIReader()
        for (index, line) in try Self.lines(bytes).enumerated() {
            try reader.read(line, number: index + 1)
        }
        sections = try reader.finished()
    }

    /// The lines, whether they end in LF, CRLF or CR.
    private static func lines(_ bytes: [UInt8]) throws(INIMistake) -> [String] {
        let unix = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" }
        ).flatMap { line -> [Substring.UnicodeScalarView] in
            let line = line.last == "\r" ? line.dropLast() : line
            return line.split(separator: "\r", omittingEmptySubsequences: false)
        }.map { String(Substring($0)) }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            // A byte that is no UTF-8 was read as the replacement character.
            let index = unix.firstIndex { $0.unicodeScalars.contains("\u{FFFD}") } ?? 0
            throw INIMistake(line: index + 1, reason: "is not UTF-8")
        }
        return unix
    }
}

/// What an option is set to.
enum INIValue: Sendable, Hashable {
    case text(String)
    /// An indented block of `name = value` below an option without a value of its own: `s3 =`.
    case nested([String: String])

    var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

/// Why a file cannot be read, without anything of what it says: that may be a secret.
struct INIMistake: Error, Hashable {
    /// From 1.
    let line: Int
    /// What is wrong with the line, in words that follow its number.
    let reason: String
}
