/// A file of sections and options, parsed like Python's `configparser.RawConfigParser`, which the AWS CLI uses.
///
/// A comment is a line of its own. A line that is indented deeper than the option above continues its value. Source:
/// `configloader.py` of botocore and the Python library reference, "configparser".
struct INIFile: Sendable, Hashable {
    struct Section: Sendable, Hashable {
        let name: String
        /// The values by option name in lower case.
        var options: [String: INIValue]
    }

    /// The sections in the order of the file. The options of `[DEFAULT]` are added to each section that does not set
    /// them.
    let sections: [Section]

    init(sections: [Section]) { self.sections = sections }

    /// Parses a file.
    /// - Throws: The first error in the file.
    init(parsing bytes: [UInt8]) throws(INIError) {
        var reader = INIReader()
        for (index, line) in try Self.lines(bytes).enumerated() {
            try reader.read(line, number: index + 1)
        }
        sections = try reader.sections()
    }

    /// The lines; LF, CRLF and CR end a line.
    private static func lines(_ bytes: [UInt8]) throws(INIError) -> [String] {
        let unix = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" }
        ).flatMap { line -> [Substring.UnicodeScalarView] in
            let line = line.last == "\r" ? line.dropLast() : line
            return line.split(separator: "\r", omittingEmptySubsequences: false)
        }.map { String(Substring($0)) }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            // A malformed byte has been decoded as the replacement character.
            let index = unix.firstIndex { $0.unicodeScalars.contains("\u{FFFD}") } ?? 0
            throw INIError(line: index + 1, reason: "is not UTF-8")
        }
        return unix
    }
}
