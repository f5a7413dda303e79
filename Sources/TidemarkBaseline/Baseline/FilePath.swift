import Tidemark

/// Resolution of file names without access to files.
package enum FilePath {
    /// The name that a file gives to another one, relative to the folder in which the first name is relative; `.` and `..`
    /// are resolved.
    ///
    /// Baselines within the program have absolute names: `shipped:antenna/documented`.
    package static func resolve(_ name: String, beside file: String) -> String {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let isAbsolute =
            name.hasPrefix("/") || ShippedName.name(in: name) != nil || folder.isEmpty && !file.hasPrefix("/")
        let path = isAbsolute ? name : "\(folder)/\(name)"
        var parts: [Substring] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
