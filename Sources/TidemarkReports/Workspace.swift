import Tidemark
import TidemarkBaseline

/// The current folder and the repository around it: reports name files relative to the repository.
public struct Workspace: Sendable {
    private let folder: String
    private let root: String

    /// Creates a workspace from its paths.
    /// - Parameters:
    ///   - folder: The absolute path of the current folder, which names of baselines are relative to.
    ///   - root: The absolute path of the repository; nil for the current folder.
    public init(folder: String = "/", root: String? = nil) {
        self.folder = folder
        self.root = root ?? folder
    }

    /// The place of a file.
    enum FileLocation: Equatable {
        /// The path below the repository's root.
        case inside(String)
        /// The absolute path.
        case outside(String)
        /// The name of a shipped baseline.
        case shipped(String)
    }

    func place(of file: String) -> FileLocation {
        if ShippedName.name(in: file) != nil { return .shipped(file) }
        let path = FilePath.resolve(file, beside: "\(folder)/.")
        let prefix = root.hasSuffix("/") ? root : root + "/"
        return path.hasPrefix(prefix) ? .inside(String(path.dropFirst(prefix.count))) : .outside(path)
    }
}
