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
        let target = try followLinks()
        guard case .file(let file) = source else { return }
        let tree = WorkTree(around: parentFolder(of: realPath(absolutePath(file))))
        guard tree.contains(target) else {
            throw Failure(
                .invalid, "'\(name.printable)' cannot be used",
                why: "'\(file.printable)' names it, and it is not in '\(tree.path.printable)'",
                remedy: "name it on the command line, or keep it below that folder and outside of .git")
        }
    }

    /// Follows the path as the kernel does, link by link.
    /// - Returns: The real path; what does not exist is taken as it is named.
    private func followLinks() throws(Failure) -> String {
        var path = name.hasPrefix("/") ? "/" : FileManager.default.currentDirectoryPath
        var followed: [FollowedLink] = []
        for part in name.split(separator: "/") where part != "." {
            if part == ".." {
                path = parentFolder(of: path)
                continue
            }
            let next = path == "/" ? "/\(part)" : "\(path)/\(part)"
            guard FileStatus(linkAt: next)?.isLink ?? false else {
                path = next
                continue
            }
            if FollowedLink.isKernels(next) {
                // A pipe has no path.
                guard let target = realPath(ofExisting: next) else { return next }
                path = target
                continue
            }
            guard let target = realPath(ofExisting: next) else {
                throw refusal("\(noun(of: next)) is a link that leads to no file")
            }
            followed.append(FollowedLink(path: next, tree: WorkTree(around: path)))
            path = target
            try check(path, followed)
        }
        // Also `..` after a link.
        try check(path, followed)
        return path
    }

    private func check(_ path: String, _ links: [FollowedLink]) throws(Failure) {
        guard let link = links.first(where: { !$0.tree.contains(path) }) else { return }
        throw refusal("\(noun(of: link.path)) is a link to a file that is not in '\(link.tree.path.printable)'")
    }

    private func noun(of link: String) -> String { link.hasSuffix("/\(name)") ? "it" : "'\(link.printable)'" }

    private func refusal(_ why: String) -> Failure {
        Failure(.invalid, "'\(name.printable)' cannot be used", why: why, remedy: "name the file itself")
    }
}

/// A link on the way to a file, and what it must not lead out of.
private struct FollowedLink {
    let path: String
    let tree: WorkTree

    /// Whether a link is made by the kernel or the system, and not by a checkout: `/dev/stdout`, a descriptor of a process.
    static func isKernels(_ link: String) -> Bool {
        if ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd"].contains(link) { return true }
        let names = link.split(separator: "/")
        return names.count == 4 && names[0] == "proc" && names[2] == "fd"
    }
}
