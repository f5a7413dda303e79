/// Reads an INI file line by line; what holds for a line depends on those above.
struct INIReader {
    /// A value as it grows: its lines, with their numbers.
    private typealias Value = [(number: Int, text: String)]

    private static let defaultSection = "DEFAULT"

    private var names: [String] = []
    private var options: [String: [String: Value]] = [defaultSection: [:]]
    private var section: String?
    private var option: String?
    private var indentation = 0

    mutating func read(_ line: String, number: Int) throws(INIMistake) {
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

    /// What stands between the first bracket and the last; what follows is ignored.
    private static func header(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        guard scalars.first == "[", let end = scalars.lastIndex(of: "]") else { return nil }
        let name = scalars[scalars.index(after: scalars.startIndex)..<end]
        return name.isEmpty ? nil : String(name)
    }

    private mutating func begin(section name: String, _ number: Int) throws(INIMistake) {
        option = nil
        section = name
        guard name != Self.defaultSection else { return }
        guard options[name] == nil else {
            throw INIMistake(line: number, reason: "begins a section that came before")
        }
        names.append(name)
        options[name] = [:]
    }

    private mutating func begin(option text: String, _ number: Int) throws(INIMistake) {
        guard let section else { throw INIMistake(line: number, reason: "stands before the first [section]") }
        guard let (left, value) = text.cut(where: { $0 == "=" || $0 == ":" }), !left.isEmpty else {
            throw INIMistake(line: number, reason: "is neither [section] nor 'name = value'")
        }
        let name = left.lowercased()
        guard options[section]?[name] == nil else {
            throw INIMistake(line: number, reason: "sets an option that was set before in its section")
        }
        options[section]?[name] = [(number, value)]
        option = name
    }

    func finished() throws(INIMistake) -> [INIFile.Section] {
        let defaults = options[Self.defaultSection] ?? [:]
        var sections: [INIFile.Section] = []
        for name in names {
            // What is wrong in a default block is a mistake only where a section takes it.
            let all = defaults.merging(options[name] ?? [:]) { $1 }
            sections.append(INIFile.Section(name: name, options: try Self.values(all)))
        }
        return sections
    }

    private static func values(_ options: [String: Value]) throws(INIMistake) -> [String: INIValue] {
        var values: [String: INIValue] = [:]
        for (name, value) in options { values[name] = try finished(value) }
        return values
    }

    private static func finished(_ value: Value) throws(INIMistake) -> INIValue {
        let text = value.map(\.text).joined(separator: "\n").trimmingSpaceAtEnd
        guard text.hasPrefix("\n") else { return .text(text) }
        var nested: [String: String] = [:]
        for line in value where !line.text.isEmpty {
            guard let (name, value) = line.text.cut(where: { $0 == "=" }) else {
                throw INIMistake(line: line.number, reason: "is indented, but not 'name = value'")
            }
            nested[name] = value
        }
        return .nested(nested)
    }
}

extension Unicode.Scalar {
    /// White space as Python's `str.strip` knows it.
    fileprivate var isSpace: Bool { properties.isWhitespace || (0x1C...0x1F).contains(value) }
}

extension String {
    /// What stands before and after the first such scalar, without white space around; nil where there is none.
    fileprivate func cut(where isDelimiter: (Unicode.Scalar) -> Bool) -> (String, String)? {
        // By scalars: as characters, a delimiter before a combining accent would not be found.
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
