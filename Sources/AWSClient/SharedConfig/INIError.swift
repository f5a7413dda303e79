/// An error in an INI file. It quotes nothing of the file, which may hold secrets.
struct INIError: Error, Hashable {
    /// The line's number, from 1.
    let line: Int
    /// The error as a predicate of the line: `is not UTF-8`.
    let reason: String
}
