import TidemarkHistory

/// The folder that links, and the paths that a file names, must not leave: the git work tree, or without one the folder
/// itself.
///
/// A pull request decides what is in its work tree. It must not decide which other file of the machine is read or
/// overwritten. What lies below `.git` is not in it: there are the checkout's credentials.
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
        // Some file systems do not tell capital letters from small ones.
        return !names.dropFirst(root.count).contains { $0.lowercased() == ".git" }
    }

    private static func path(_ names: ArraySlice<Substring>) -> String { "/" + names.joined(separator: "/") }
}
