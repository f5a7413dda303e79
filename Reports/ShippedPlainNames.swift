/// The lists of environment variables that are not secret and belong to the shipped baselines.
package enum ShippedPlainNames {
    /// The names of the lists: `antenna`.
    package static var names: [String] {
        Embedded.all.compactMap { file in
            guard file.path.hasPrefix(folder), file.path.hasSuffix(ending) else { return nil }
            return String(file.path.dropFirst(folder.count).dropLast(ending.count))
        }
    }

    /// The text of a list, or nil if there is no list of that name.
    package static func text(named name: String) -> String? {
        Embedded.all.first { $0.path == folder + name + ending }?.text
    }

    private static let folder = "baselines/"
    private static let ending = "/plain.txt"
}
