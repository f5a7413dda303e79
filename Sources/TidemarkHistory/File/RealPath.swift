#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A path with every link in it followed; the last name may be of a file that does not exist yet.
package func realPath(_ path: String) -> String {
    if let resolved = realPath(ofExisting: path) { return resolved }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
    guard let name = parts.last, let resolved = realPath(ofExisting: folder) else { return path }
    return "\(resolved)/\(name)"
}

/// A path with every link in it followed; nil, and `errno`, where there is no such file.
package func realPath(ofExisting path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}
