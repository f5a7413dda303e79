import ArchiveReading
import StrictJSON
import Tidemark

/// The deployment configuration in a source bundle, which is a zip archive or only `Dockerrun.aws.json`.
///
/// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/applications-sourcebundle.html>.
struct SourceBundle {
    /// `Dockerrun`, `EBExtensions` by file, the lines of `EBIgnore`, and the paths of `Files`: those at the top level, and
    /// those in the folders that configure a deployment.
    let members: [(String, JSON)]

    /// A configuration file that people write is smaller than a megabyte.
    private static let limits = ZipArchive.Limits(file: 1 << 20, total: 8 << 20)

    /// - Throws: `UnreadableAnswer` if the bundle, or a file that configures the deployment, cannot be read.
    init(_ bytes: [UInt8]) throws(UnreadableAnswer) {
        let (names, files) = try Self.files(in: bytes)
        var members: [(String, JSON)] = []
        if let dockerrun = files[Dockerrun.file] {
            members.append(("Dockerrun", try Dockerrun.description(dockerrun)))
        }
        var extensions: [JSON] = []
        for name in files.keys.filter(Self.isExtension).sorted(by: { $0.precedesByUTF8($1) }) {
            let file = try ConfigurationFile(Self.text(of: name, in: files), path: name)
            let sections = (file.description.object?.members ?? []).map { ($0.key, $0.value) }
            extensions.append(
                .object(JSONObject([("File", .string(String(name.dropFirst(Self.folder.count))))] + sections)))
        }
        members.append(("EBExtensions", .array(extensions)))
        if files[Self.ignore] != nil {
            members.append(("EBIgnore", JSON(Self.patterns(try Self.text(of: Self.ignore, in: files)))))
        }
        let configuring = names.filter { name in
            !name.contains("/") || name.hasPrefix(Self.folder) || name.hasPrefix(Self.hooks)
        }
        self.members = members + [("Files", JSON(Set(configuring).sorted { $0.precedesByUTF8($1) }))]
    }

    private static let folder = ".ebextensions/"
    private static let hooks = ".platform/"
    private static let ignore = ".ebignore"

    private static func files(in bytes: [UInt8]) throws(UnreadableAnswer) -> ([String], [String: [UInt8]]) {
        if bytes.first(where: { ![0x09, 0x0A, 0x0D, 0x20].contains($0) }) == UInt8(ascii: "{") {
            return ([Dockerrun.file], [Dockerrun.file: bytes])
        }
        do throws(ZipError) {
            let archive = try ZipArchive(bytes, limits: limits) { name in
                name == Dockerrun.file || name == ignore || isExtension(name)
            }
            return (archive.names, archive.files)
        } catch {
            throw UnreadableAnswer(.unreadableBundle(detail: error.description))
        }
    }

    /// Whether Elastic Beanstalk reads the file: it ignores subfolders.
    private static func isExtension(_ name: String) -> Bool {
        name.hasPrefix(folder) && name.hasSuffix(".config") && !name.dropFirst(folder.count).contains("/")
    }

    private static func text(of name: String, in files: [String: [UInt8]]) throws(UnreadableAnswer) -> String {
        guard let bytes = files[name], let text = String(validating: bytes, as: UTF8.self) else {
            throw UnreadableAnswer(.unreadableFile(name, .notUTF8))
        }
        // A byte order mark is not part of the text.
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// The patterns in their order, without comments.
    private static func patterns(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line in
            String(line.reversed().drop(while: \.isWhitespace).reversed())
        }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    // MARK: Storage

    static let lists: ListRules = Dockerrun.lists(at: "Dockerrun")
        .merging(ConfigurationFile.lists(at: "EBExtensions[]")) { $1 }
        .merging(["EBExtensions": .keyed(by: ["File"]), "EBIgnore": .ordered]) { $1 }

    static let redactions = Dockerrun.redactions(at: "Dockerrun") + ConfigurationFile.redactions(at: "EBExtensions[]")
}
