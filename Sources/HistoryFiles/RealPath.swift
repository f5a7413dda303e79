import FoundationEssentials

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The path with every link followed; the file itself need not exist yet.
package func realPath(_ path: String) -> String {
    if let resolved = realPath(ofExisting: path) { return resolved }
    guard let name = path.split(separator: "/").last, let folder = realPath(ofExisting: parentFolder(of: path)) else {
        return path
    }
    return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
}

/// The path with every link followed; nil, with `errno` set, if the file does not exist.
package func realPath(ofExisting path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// The folder that contains a path's last name: `.` for a name alone.
package func parentFolder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The path joined to the current folder, unless it is absolute.
package func absolutePath(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
}
