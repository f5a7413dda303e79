import TidemarkBaseline
import Tidemark

/// Where the program runs, and the repository that a CI system has checked out around it: reports lead to lines of files
/// as seen from the repository.
public struct Workspace: Sendable {
    private let folder: String
    private let root: String

    /// - Parameters:
    ///   - folder: The current folder, from which the names of baselines are seen.
    ///   - root: The repository's; the current folder where none is known. Both absolute.
    public init(folder: String = "/", root: String? = nil) {
        self.folder = folder
        self.root = root ?? folder
    }

    /// Where a file is.
    enum FileLocation: Equatable {
        /// By its path below the repository's root.
        case inside(String)
        /// By its absolute path.
        case outside(String)
        /// Within the program.
        case shipped(String)
    }

    func place(of file: String) -> FileLocation {
        if file.hasPrefix("shipped:") { return .shipped(file) }
        let path = FilePath.resolve(file, beside: "\(folder)/.")
        let prefix = root.hasSuffix("/") ? root : root + "/"
        return path.hasPrefix(prefix) ? .inside(String(path.dropFirst(prefix.count))) : .outside(path)
    }
}
