import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A path with every link in it followed; the last name may be of a file that does not exist yet.
package func realPath(_ path: String) -> String {
    if let resolved = realPath(ofExisting: path) { return resolved }
    guard let name = path.split(separator: "/").last, let folder = realPath(ofExisting: parentFolder(of: path)) else {
        return path
    }
    return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
}

/// A path with every link in it followed; nil, and `errno`, where there is no such file.
package func realPath(ofExisting path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// The folder that a path's last name is in: `.` for a name alone.
package func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// A path that does not depend on the current folder.
package func absolutePath(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
}
