import ArgumentParser
import Reports
import Tidemark
import TidemarkAWS
import TidemarkBaseline
import TidemarkKinds

/// Reads and changes baselines: the user's files, and those that are shipped with the program.
enum BaselineFile {
    /// - Parameter remedy: What to do if there is no such file.
    static func read(_ file: NamedFile, remedy: Remedy) throws -> Baseline {
        try parse(text(of: file, remedy: remedy), file.name)
    }

    /// Reads a baseline and collects its mistakes.
    static func check(_ file: NamedFile, remedy: Remedy) throws(Failure) -> BaselineReading {
        let text = try text(of: file, remedy: remedy)
        return BaselineReading(
            yaml: text, file: file.name, kinds: .all, attributes: WireAttributes(), loading: readExtended)
    }

    private static func parse(_ text: String, _ file: String) throws -> Baseline {
        try Baseline(yaml: text, file: file, kinds: .all, attributes: WireAttributes(), loading: readExtended)
    }

    /// The text of a baseline that another one extends.
    private static func readExtended(_ file: String, _ extending: String) throws(Failure) -> String {
        try text(of: NamedFile(name: file, source: .file(extending)), remedy: "name a file beside this one")
    }

    /// The baseline's file: the option's, or the one that the project names for the environment.
    static func name(_ passed: String?, _ history: HistoryOptions, in project: ProjectFile) throws -> NamedFile {
        if let passed { return .typed(passed) }
        if let name = try history.name(in: project), let file = project.baseline(of: name) { return file }
        throw ValidationError("no baseline: pass --baseline FILE, or add 'baseline:' to \(project.name)")
    }

    // MARK: Changing

    /// Reads a baseline that is going to be changed.
    static func readOwn(_ named: NamedFile) throws -> Baseline {
        let file = named.name
        guard ShippedName.name(in: file) == nil else {
            throw Failure(
                .invalid, "'\(file.printable)' cannot be changed", why: "it is shipped with tidemark",
                remedy: "write a baseline with 'extends: \(file.printable)', and pass that as --baseline")
        }
        return try read(named, remedy: "pass a YAML file as --baseline")
    }

    /// Replaces the text of a baseline's file, if the new text has no mistakes.
    /// - Throws: `Failure` if the file has changed since it was read.
    static func replaceOwn(_ baseline: Baseline, with text: String) throws -> Baseline {
        guard let file = baseline.files.first else { return baseline }
        let changed = try parse(text, file.name)
        let conflict = Failure(
            .conflict, "'\(file.name.printable)' changed while this command ran", remedy: "run the command again")
        guard let lock = try FileLock(file.name) else { throw conflict }
        defer { lock.release() }
        let now = try NamedFile.typed(file.name).read("baseline", remedy: "name a YAML file")
        let mark = now.starts(with: Self.byteOrderMark) ? Self.byteOrderMark : []
        guard now == mark + Array(file.text.utf8) else { throw conflict }
        try WholeFile.write(String(decoding: mark, as: UTF8.self) + text, to: file.name)
        return changed
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static func text(of file: NamedFile, remedy: Remedy) throws(Failure) -> String {
        let name = file.name
        guard let shipped = ShippedName.name(in: name) else { return try file.readText("baseline", remedy: remedy) }
        if let text = ShippedBaselines.text(named: shipped) { return text }
        throw Failure(
            .notFound, "no baseline '\(name.printable)'",
            why: "the shipped baselines are \(ShippedBaselines.names.joined(separator: ", "))", remedy: remedy)
    }
}
