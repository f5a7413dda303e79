import FoundationEssentials
import HistoryFiles
import Tidemark

/// A file's name and where the name comes from.
///
/// A path on the command line is used as typed. A link in it, or a path that a file names, may be a pull request's.
struct NamedFile: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        case commandLine
        /// A file such as tidemark.yml, by its own name.
        case file(String)
    }

    let name: String
    let source: Source

    static func typed(_ name: String) -> NamedFile { NamedFile(name: name, source: .commandLine) }

    /// Refuses a path that leads out of the work tree through a link or a file in it.
    /// - Throws: `Failure` that names the link, or the file that names the path.
    func checkPath() throws(Failure) {
        let target = try followLinks()
        guard case .file(let file) = source else { return }
        let tree = WorkTree(around: parentFolder(of: realPath(absolutePath(file))))
        guard tree.contains(target) else {
            throw Failure(
                .invalid, "'\(name.printable)' cannot be used",
                why: "'\(file.printable)' names it, and it is outside '\(tree.path.printable)'",
                remedy: "pass it on the command line, or keep it below that folder and outside .git")
        }
    }

    /// Follows the path as the kernel does, link by link.
    /// - Returns: The real path; parts that do not exist stay as named.
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
            if FollowedLink.isMadeBySystem(next) {
                // The link of a pipe has no path.
                guard let target = realPath(ofExisting: next) else { return next }
                path = target
                continue
            }
            guard let target = realPath(ofExisting: next) else {
                throw refusal("\(noun(of: next)) is a link to a file that does not exist")
            }
            followed.append(FollowedLink(path: next, tree: WorkTree(around: path)))
            path = target
            try check(path, followed)
        }
        // `..` after a link may leave the tree too.
        try check(path, followed)
        return path
    }

    private func check(_ path: String, _ links: [FollowedLink]) throws(Failure) {
        guard let link = links.first(where: { !$0.tree.contains(path) }) else { return }
        throw refusal("\(noun(of: link.path)) is a link to a file outside '\(link.tree.path.printable)'")
    }

    private func noun(of link: String) -> String { link.hasSuffix("/\(name)") ? "it" : "'\(link.printable)'" }

    private func refusal(_ why: String) -> Failure {
        Failure(.invalid, "'\(name.printable)' cannot be used", why: why, remedy: "name the file itself")
    }
}

/// A link in a path, and the work tree that it must stay in.
private struct FollowedLink {
    let path: String
    let tree: WorkTree

    /// Whether the kernel or the system made a link: `/dev/stdout`, a descriptor of a process.
    static func isMadeBySystem(_ link: String) -> Bool {
        if ["/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd"].contains(link) { return true }
        let names = link.split(separator: "/")
        return names.count == 4 && names[0] == "proc" && names[2] == "fd"
    }
}
