/// The baselines of this folder, which come with the program to be copied and edited.
package enum ShippedBaselines {
    /// `antenna/documented` and its like.
    package static var names: [String] {
        Embedded.all.compactMap { file in
            guard file.path.hasPrefix(folder), file.path.hasSuffix(ending) else { return nil }
            return String(file.path.dropFirst(folder.count).dropLast(ending.count))
        }
    }

    /// The text of one, or nil if there is none of that name. It may end as its file does: so a baseline names the one
    /// beside it that it extends, wherever both are.
    package static func text(named name: String) -> String? {
        let path = folder + (name.hasSuffix(ending) ? name : name + ending)
        return Embedded.all.first { $0.path == path }?.text
    }

    private static let folder = "baselines/"
    private static let ending = ".yml"
}
