/// The baselines of this folder, which come with the program to be copied and edited.
package enum ShippedBaselines {
    /// `antenna/documented` and its like.
    package static var names: [String] {
        Embedded.all.compactMap { file in
            guard file.path.hasPrefix(folder), file.path.hasSuffix(ending) else { return nil }
            return String(file.path.dropFirst(folder.count).dropLast(ending.count))
        }
    }

    /// The text of one, or nil if there is none of that name.
    package static func text(named name: String) -> String? {
        Embedded.all.first { $0.path == "\(folder)\(name)\(ending)" }?.text
    }

    private static let folder = "baselines/"
    private static let ending = ".yml"
}
