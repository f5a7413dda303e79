import HistoryFiles

/// The folder that links and the paths in files must not leave: the git work tree, or else the folder itself.
///
/// A pull request controls its work tree. It must not choose another file of the machine to be read or overwritten. The
/// folder `.git`, which has the checkout's credentials, does not belong to the tree.
struct WorkTree {
    private let root: ArraySlice<Substring>

    /// - Parameter folder: A real path: absolute and without links.
    init(around folder: String) {
        let names = folder.split(separator: "/")[...]
        let roots = (0...names.count).reversed().map { names.prefix($0) }
        root = roots.first { FileStatus(linkAt: Self.path($0) + "/.git") != nil } ?? names
    }

    var path: String { Self.path(root) }

    /// - Parameter path: A real path.
    func contains(_ path: String) -> Bool {
        let names = path.split(separator: "/")
        guard names.starts(with: root) else { return false }
        // Some file systems ignore case.
        return !names.dropFirst(root.count).contains { $0.lowercased() == ".git" }
    }

    private static func path(_ names: ArraySlice<Substring>) -> String { "/" + names.joined(separator: "/") }
}
