/// Reads an INI file line by line; the meaning of a line depends on those above.
struct INIReader {
    /// The lines of a value so far, with their numbers.
    private typealias Value = [(number: Int, text: String)]

    private static let defaultSection = "DEFAULT"

    private var names: [String] = []
    private var options: [String: [String: Value]] = [defaultSection: [:]]
    private var section: String?
    private var option: String?
    private var indentation = 0

    mutating func read(_ line: String, number: Int) throws(INIError) {
        let text = line.trimmingSpace
        if text.isEmpty { return append("", number) }
        if text.hasPrefix("#") || text.hasPrefix(";") { return }
        let indentation = line.unicodeScalars.prefix { $0.isSpace }.count
        if option != nil, indentation > self.indentation { return append(text, number) }
        self.indentation = indentation
        if let name = Self.header(text) {
            try begin(section: name, number)
        } else {
            try begin(option: text, number)
        }
    }

    private mutating func append(_ text: String, _ number: Int) {
        guard let section, let option else { return }
        options[section]?[option]?.append((number, text))
    }

    /// The name between the first and the last bracket; the rest of the line is ignored.
    private static func header(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        guard scalars.first == "[", let end = scalars.lastIndex(of: "]") else { return nil }
        let name = scalars[scalars.index(after: scalars.startIndex)..<end]
        return name.isEmpty ? nil : String(name)
    }

    private mutating func begin(section name: String, _ number: Int) throws(INIError) {
        option = nil
        section = name
        guard name != Self.defaultSection else { return }
        guard options[name] == nil else {
            throw INIError(line: number, reason: "repeats a section")
        }
        names.append(name)
        options[name] = [:]
    }

    private mutating func begin(option text: String, _ number: Int) throws(INIError) {
        guard let section else { throw INIError(line: number, reason: "is before the first [section]") }
        guard let (left, value) = text.cut(where: { $0 == "=" || $0 == ":" }), !left.isEmpty else {
            throw INIError(line: number, reason: "is neither [section] nor 'name = value'")
        }
        let name = left.lowercased()
        guard options[section]?[name] == nil else {
            throw INIError(line: number, reason: "repeats an option of its section")
        }
        options[section]?[name] = [(number, value)]
        option = name
    }

    func sections() throws(INIError) -> [INIFile.Section] {
        let defaults = options[Self.defaultSection] ?? [:]
        var sections: [INIFile.Section] = []
        for name in names {
            // An error in a block of `[DEFAULT]` counts only if a section inherits the block.
            let all = defaults.merging(options[name] ?? [:]) { $1 }
            sections.append(INIFile.Section(name: name, options: try Self.values(all)))
        }
        return sections
    }

    private static func values(_ options: [String: Value]) throws(INIError) -> [String: INIValue] {
        var values: [String: INIValue] = [:]
        for (name, value) in options { values[name] = try parsed(value) }
        return values
    }

    private static func parsed(_ value: Value) throws(INIError) -> INIValue {
        let text = value.map(\.text).joined(separator: "\n").trimmingSpaceAtEnd
        guard text.hasPrefix("\n") else { return .text(text) }
        var nested: [String: String] = [:]
        for line in value where !line.text.isEmpty {
            guard let (name, value) = line.text.cut(where: { $0 == "=" }) else {
                throw INIError(line: line.number, reason: "is indented, but not 'name = value'")
            }
            nested[name] = value
        }
        return .nested(nested)
    }
}

extension Unicode.Scalar {
    /// Whether Python's `str.strip` removes it.
    fileprivate var isSpace: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }
}

extension String {
    /// The parts before and after the first delimiter, without surrounding white space; nil without a delimiter.
    fileprivate func cut(where isDelimiter: (Unicode.Scalar) -> Bool) -> (String, String)? {
        // Compare scalars: as characters, a delimiter before a combining accent would not match.
        guard let index = unicodeScalars.firstIndex(where: isDelimiter) else { return nil }
        let after = unicodeScalars.index(after: index)
        return (String(unicodeScalars[..<index]).trimmingSpace, String(unicodeScalars[after...]).trimmingSpace)
    }

    fileprivate var trimmingSpace: String {
        String(String.UnicodeScalarView(trimmingSpaceAtEnd.unicodeScalars.drop { $0.isSpace }))
    }

    fileprivate var trimmingSpaceAtEnd: String {
        var scalars = unicodeScalars
        while scalars.last?.isSpace == true { scalars.removeLast() }
        return String(scalars)
    }
}
