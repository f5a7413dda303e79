import StrictYAML
import Tidemark
import TidemarkBaseline

/// The current folder and the repository around it: reports name files relative to the repository.
public struct Workspace: Sendable {
    private let folder: String
    private let root: String
    private let projectFile: String

    /// Creates a workspace from its paths.
    /// - Parameters:
    ///   - folder: The absolute path of the current folder, which names of files are relative to.
    ///   - root: The absolute path of the repository; nil for the current folder.
    ///   - projectFile: The name of the project's file, which need not exist.
    public init(folder: String = "/", root: String? = nil, projectFile: String = Self.projectFile) {
        self.folder = folder
        self.root = root ?? folder
        self.projectFile = projectFile
    }

    /// The name that the project's file has unless another one is passed.
    public static let projectFile = "tidemark.yml"

    /// The path of a file below the repository's root; nil for a file elsewhere, and for a shipped baseline.
    func path(of file: String) -> String? {
        if ShippedName.name(in: file) != nil { return nil }
        let path = FilePath.resolve(file, beside: "\(folder)/.")
        let prefix = root.hasSuffix("/") ? root : root + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// The position in the repository that leads a reader to a position in a baseline: the position itself, else that of the
    /// `extends` through which a file of the repository has it. Nil if no file of the repository has it.
    func position(of position: Position, in baseline: Baseline) -> Position? {
        var next: Position? = position
        while let position = next {
            if let path = path(of: position.file) {
                return Position(file: path, line: position.line, column: position.column)
            }
            next = baseline.extensions[position.file]
        }
        return nil
    }

    /// The start of the project's file, which stands for baselines outside the repository. Its name does not depend on the
    /// machine, and a consumer takes it whether or not the file exists.
    var projectPosition: Position {
        Position(file: path(of: projectFile) ?? Self.projectFile, line: 1, column: 1)
    }
}
