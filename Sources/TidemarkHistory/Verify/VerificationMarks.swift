import CivilTime
import FoundationEssentials
import HistoryFiles
import StrictJSON
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder of marks: that the index of a history was verified, and the file has not changed since.
///
/// Without a mark, each answer that claims to be complete first verifies the index, which reads the whole chain. Whoever can write
/// both the folder and the history can hide a row of the index from such an answer until the next verification; nobody can forge
/// an entry, since entries are compared with their hashes at each reading.
public struct VerificationMarks: Sendable {
    let folder: String
    let clock: ProgramClock

    /// Uses a folder.
    /// - Parameters:
    ///   - folder: The folder's path; it is created when a mark is written, for this user alone.
    ///   - clock: The clocks; another one than `.system` in tests.
    public init(inFolder folder: String, clock: ProgramClock = .system) {
        self.folder = folder
        self.clock = clock
    }
}

/// The mark of one file.
struct FileMark {
    private let marks: VerificationMarks
    private let file: HistoryFile
    /// The file's status before it was opened.
    private let opened: FileStatus
    private let derivation: String

    /// - Parameter derivation: The version of the derivation of the index.
    init(_ marks: VerificationMarks, of file: HistoryFile, _ opened: FileStatus, derivation: String) {
        self.marks = marks
        self.file = file
        self.opened = opened
        self.derivation = derivation
    }

    /// How much older than its mark a file must be: a file system with coarse times could show an earlier and a later version
    /// with the same time.
    private static let margin: Int64 = 2000

    /// The most bytes of a mark, against a file that somebody else made.
    private static let largest = 1 << 20

    private var path: String { "\(marks.folder)/\(opened.identity)" }

    /// Whether the index of some environments was verified, and the file is still the same.
    func hold(for environments: [EnvironmentName]) -> Bool { verified.isSuperset(of: environments) }

    /// The environments whose index was verified, if the file is still the same.
    private var verified: Set<EnvironmentName> {
        guard isPrivate, let mark = FileStatus(linkAt: path), mark.isRegular, mark.size < Self.largest,
            isOlder(than: mark.modified),
            let bytes = FileManager.default.contents(atPath: path), let json = try? JSON(parsing: bytes),
            let key, json["file"] == key, let names = json["environments"]?.array
        else { return [] }
        return Set(names.compactMap { name in name.string.flatMap { try? EnvironmentName($0) } })
    }

    /// Marks the file for some environments. A mark that cannot be written costs time, and nothing else.
    func write(for environments: [EnvironmentName]) {
        guard isOlder(than: marks.clock.millisecondsSince1970()), let key, createFolder() else { return }
        let mark: JSON = ["file": key, "environments": JSON(verified.union(environments).map(\.rawValue).sorted())]
        let new = FileStatus.freePath { "\(path).new-\(getpid())-\($0)" }
        guard
            FileManager.default.createFile(
                atPath: new, contents: Data(mark.canonicalBytes), attributes: [.posixPermissions: 0o600])
        else { return }
        if rename(new, path) != 0 { unlink(new) }
    }

    /// Everything that changes when the file or the derivation of its index does; nil if the file has changed since it was opened.
    private var key: JSON? {
        guard file.status == opened, let counter = try? RawFile(file.path).changeCounter() else { return nil }
        return [
            "status": .string(opened.text), "changes": .init(counter), "schema": .init(Schema.currentVersion),
            "derivation": .string(derivation),
        ]
    }

    private func isOlder(than time: Int64) -> Bool { max(opened.modified, opened.changed) <= time - Self.margin }

    // MARK: Folder

    /// Whether the folder is this user's alone.
    private var isPrivate: Bool {
        FileStatus(linkAt: marks.folder).map { $0.isFolder && $0.isOwn && !$0.isOpenToOthers } ?? false
    }

    private func createFolder() -> Bool {
        if FileStatus(linkAt: marks.folder) == nil {
            try? FileManager.default.createDirectory(
                atPath: marks.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        return isPrivate
    }
}
