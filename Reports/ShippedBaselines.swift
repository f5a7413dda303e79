/// The baselines of this folder, which are part of the program, for copying or extending.
package enum ShippedBaselines {
    /// The names, such as `antenna/documented`.
    package static var names: [String] {
        Embedded.all.compactMap { file in
            guard file.path.hasPrefix(folder), file.path.hasSuffix(ending) else { return nil }
            return String(file.path.dropFirst(folder.count).dropLast(ending.count))
        }
    }

    /// The text of a baseline, or nil for an unknown name. The name may end with `.yml`, as in the `extends:` of a baseline
    /// beside it.
    package static func text(named name: String) -> String? {
        let path = folder + (name.hasSuffix(ending) ? name : name + ending)
        return Embedded.all.first { $0.path == path }?.text
    }

    private static let folder = "baselines/"
    private static let ending = ".yml"
}
