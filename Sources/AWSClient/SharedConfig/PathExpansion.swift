/// Expands a user's path like Python's `os.path.expandvars` and `os.path.expanduser`: `$NAME` and `${NAME}` become the
/// values of variables, `~` at the start becomes the home folder, and an unset variable remains as it is.
struct PathExpansion {
    let variables: [String: String]
    let files: ClientFiles

    func callAsFunction(_ path: String) -> String {
        let path = expandingVariables(path)
        guard path == "~" || path.hasPrefix("~/"), let home = variables["HOME"] ?? files.home() else { return path }
        let folder = home.hasSuffix("/") ? String(home.dropLast()) : home
        return folder + path.dropFirst()
    }

    private func expandingVariables(_ path: String) -> String {
        var expanded = String.UnicodeScalarView()
        var rest = path.unicodeScalars[...]
        while let dollar = rest.firstIndex(of: "$") {
            expanded += rest[..<dollar]
            rest = rest[dollar...].dropFirst()
            let (name, after) = Self.name(rest)
            if let value = variables[String(name)], !name.isEmpty {
                expanded += value.unicodeScalars
                rest = after
            } else {
                expanded.append("$")
            }
        }
        return String(expanded + rest)
    }

    private typealias Text = Substring.UnicodeScalarView

    /// The variable's name at the start of `text`, and the text after it.
    private static func name(_ text: Text) -> (Text, Text) {
        if text.first == "{", let end = text.firstIndex(of: "}") {
            return (text[..<end].dropFirst(), text[end...].dropFirst())
        }
        let name = text.prefix { $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_") }
        return (name, text[name.endIndex...])
    }
}
