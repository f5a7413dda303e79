/// What a user's path means: `$NAME` and `${NAME}` stand for variables, `~` at the start for the home folder; a variable
/// that is not set stands for itself. As `os.path.expandvars` and `os.path.expanduser` of Python have it.
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

    /// The name of a variable that `text` begins with, and what comes after it.
    private static func name(_ text: Text) -> (Text, Text) {
        if text.first == "{", let end = text.firstIndex(of: "}") {
            return (text[..<end].dropFirst(), text[end...].dropFirst())
        }
        let name = text.prefix { $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_") }
        return (name, text[name.endIndex...])
    }
}
