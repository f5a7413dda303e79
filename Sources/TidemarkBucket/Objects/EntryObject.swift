import StrictJSON
import Tidemark

/// The object of an entry: zlib (RFC 1950) over lines with its header, its body, and each content that the state before lacks.
///
/// The body of an erased entry is `null`. Two objects are the same entry if their headers are the same bytes: what zlib writes
/// depends on its version.
package enum EntryObject {
    /// The most contents of an object.
    static let maximumContents = 100_000

    private static let erasedBody = "null"

    /// Encodes an entry.
    /// - Throws: `Failure` with the code `invalid` for an entry that exceeds a limit.
    package static func encode(_ exported: ExportedEntry) throws(Failure) -> [UInt8] {
        let lines = lines(of: exported)
        guard exported.contents.count <= maximumContents, let bytes = ObjectLines.encode(lines) else {
            let (header, size) = (exported.entry.header, ObjectLines.size(of: lines))
            throw Failure(
                .invalid, "entry \(header.seq) of '\(header.environment)' cannot be an object",
                why:
                    "it has \(size) bytes and \(exported.contents.count) contents, more than \(ObjectLines.maximumSize) or \(maximumContents)",
                remedy: "observe fewer resources")
        }
        return bytes
    }

    /// The lines of an entry: header, body and contents.
    static func lines(of exported: ExportedEntry) -> [String] {
        let contents = exported.contents.sorted { $0.key.hexadecimal < $1.key.hexadecimal }.map(\.value)
        return [exported.entry.headerText, exported.entry.bodyText ?? erasedBody] + contents
    }

    /// Decodes an object. The body and each content are compared with the hashes that name them.
    /// - Parameters:
    ///   - seq: The number of the entry; nil for any.
    ///   - keys: The keys of the chain that the object is part of.
    /// - Throws: `Failure` with the code `history` for an object that is not that entry.
    package static func decode(
        _ bytes: [UInt8], of seq: Seq? = nil, in keys: EntryKeys
    ) throws(Failure) -> ExportedEntry {
        let damaged = { (why: String) in Failure.object(seq.map { keys[$0] } ?? keys.folder, why: why) }
        return try decode(ObjectLines.decode(bytes, damaged)[...], of: seq, in: keys, damaged)
    }

    /// Decodes the lines of an entry.
    /// - Parameter damaged: The failure for lines that are not that entry.
    static func decode(
        _ lines: ArraySlice<String>, of seq: Seq?, in keys: EntryKeys, _ damaged: (String) -> Failure
    ) throws(Failure) -> ExportedEntry {
        guard 2...maximumContents + 2 ~= lines.count else {
            throw damaged("it has fewer than 2 lines, or more than \(maximumContents + 2)")
        }
        let entry = try entry(lines[lines.startIndex], lines[lines.startIndex + 1], damaged)
        let header = entry.header
        guard seq.map({ $0 == header.seq }) ?? true,
            header.environment == keys.environment
        else {
            throw damaged("it is entry \(header.seq) of '\(header.environment)'")
        }
        return ExportedEntry(entry: entry, contents: try contents(lines.dropFirst(2), of: entry, damaged))
    }

    private static func entry(
        _ header: String, _ body: String, _ damaged: (String) -> Failure
    ) throws(Failure) -> Entry {
        guard let json = try? JSON(parsing: header) else { throw damaged("its header is not JSON") }
        try Header.checkFormat(json["format"])
        do throws(Failure) {
            return try Entry(headerText: header, bodyText: body == erasedBody ? nil : body)
        } catch {
            throw damaged(error.why ?? error.what)
        }
    }

    /// The contents, each named by the body. What the body of an unknown kind names is unknown too.
    private static func contents(
        _ lines: ArraySlice<String>, of entry: Entry, _ damaged: (String) -> Failure
    ) throws(Failure) -> [ContentHash: String] {
        var contents: [ContentHash: String] = [:]
        for line in lines { contents[ContentHash(of: line.utf8)] = line }
        let named = entry.header.kind.isKnown ? try entry.namedContents : Set(contents.keys)
        guard contents.count == lines.count, named.isSuperset(of: contents.keys) else {
            throw damaged("it has a content twice, or one that the entry does not name")
        }
        return contents
    }
}

extension Entry {
    /// The hashes of the contents that the entry names; none if its body was erased.
    var namedContents: Set<ContentHash> {
        get throws(Failure) {
            guard header.kind.showsState, bodyText != nil else { return [] }
            return Set(try snapshotBody().contents)
        }
    }
}

extension Failure {
    /// An object that is not the entry that its key promises.
    static func object(_ key: String, why: String) -> Failure {
        Failure(.history, "the object '\(key)' is damaged", why: why, remedy: .searchCopies)
    }
}
