import FoundationEssentials
import Tidemark
import TidemarkHistory

/// A file by the name that somebody gave it, and who did.
///
/// A path on the command line is taken as typed, wherever it leads; but a link on the way to it may be a pull request's,
/// and so may a path that a file names.
struct NamedFile: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        case commandLine
        /// A file, such as tidemark.yml, by its own name.
        case file(String)
    }

    let name: String
    let source: Source

    static func typed(_ name: String) -> NamedFile { NamedFile(name: name, source: .commandLine) }

    /// Refuses a path that whoever controls the work tree has chosen to lead out of it.
    /// - Throws: `Failure` that names the link, or the file that names the path.
    func checkPath() throws(Failure) {
        try checkLinks()
        guard case .file(let file) = source, let target = realPath(ofExisting: name) else { return }
        let tree = WorkTree(around: Self.folder(of: realPath(file)))
        guard tree.contains(target) else {
            throw Failure(
                .invalid, "'\(name.printable)' cannot be used",
                why: "'\(file.printable)' names it, and it is not in '\(tree.path.printable)'",
                remedy: "name it on the command line, or keep it below that folder and outside of .git")
        }
    }

    /// Follows the path as the kernel does, link by link.
    private func checkLinks() throws(Failure) {
        var folder = name.hasPrefix("/") ? "/" : FileManager.default.currentDirectoryPath
        for part in name.split(separator: "/") where part != "." {
            if part == ".." {
                folder = Self.folder(of: folder)
                continue
            }
            let next = folder == "/" ? "/\(part)" : "\(folder)/\(part)"
            guard FileStatus(linkAt: next)?.isLink ?? false else {
                folder = next
                continue
            }
            // The kernel's own, such as /dev/stdout.
            if Self.isKernels(folder) { return }
            folder = try follow(next, in: WorkTree(around: folder))
        }
    }

    private func follow(_ link: String, in tree: WorkTree) throws(Failure) -> String {
        let what = "'\(name.printable)' cannot be used"
        let noun = link.hasSuffix(name) ? "it" : "'\(link.printable)'"
        guard let target = realPath(ofExisting: link) else {
            throw Failure(
                .invalid, what, why: "\(noun) is a link to a file that does not exist", remedy: "name the file itself")
        }
        guard tree.contains(target) else {
            throw Failure(
                .invalid, what, why: "\(noun) is a link to a file that is not in '\(tree.path.printable)'",
                remedy: "name the file itself")
        }
        return target
    }

    private static func isKernels(_ folder: String) -> Bool {
        ["/dev", "/proc"].contains { folder == $0 || folder.hasPrefix("\($0)/") }
    }

    private static func folder(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }
}
