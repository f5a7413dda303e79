import FoundationEssentials
import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

extension Database {
    func content(_ hash: ContentHash) throws -> JSON {
        try JSON(parsing: contentBytes(of: hash))
    }

    /// The canonical JSON of a content.
    func contentBytes(of hash: ContentHash) throws -> [UInt8] {
        guard let row = try Row.fetchOne(cachedStatement(sql: Embedded.content), arguments: ["hash": hash.data]) else {
            throw Failure.content(hash)
        }
        return try row.contentBytes()
    }

    /// The row of a content.
    func contentID(_ hash: ContentHash) throws -> Int64? {
        try Int64.fetchOne(cachedStatement(sql: Embedded.contentId), arguments: ["hash": hash.data])
    }

    /// Stores a content once: equal hashes mean equal bytes.
    /// - Parameter facet: The facet whose content it is, if its older contents may be alike.
    func insert(_ content: [UInt8], hash: ContentHash, like facet: Int64? = nil) throws -> Int64 {
        if let id = try contentID(hash) {
            // A damaged one must not become the content of a new entry.
            _ = try contentBytes(of: hash)
            return id
        }
        guard content.count <= StoredContent.largest else { throw Failure.tooLarge("a description") }
        return try insert(StoredContent(content, base: facet.flatMap(base)), hash: hash)
    }

    /// Stores a content that the file does not have.
    @discardableResult
    func insert(_ stored: StoredContent, hash: ContentHash) throws -> Int64 {
        try cachedStatement(sql: Embedded.insertContent).execute(
            arguments: [
                "hash": hash.data, "encoding": stored.encoding.rawValue, "base": stored.base, "size": stored.size,
                "bytes": Data(stored.bytes),
            ])
        return lastInsertedRowID
    }

    /// The whole content that a newer one of a facet can be the difference from.
    private func base(of facet: Int64) throws -> (id: Int64, bytes: [UInt8])? {
        guard let id = try Int64.fetchOne(cachedStatement(sql: Embedded.base), arguments: ["facet": facet]),
            let row = try Row.fetchOne(cachedStatement(sql: Embedded.storedContent), arguments: ["id": id]),
            let bytes = StoredContent.decode(row)
        else { return nil }
        return (id, bytes)
    }
}

extension Row {
    /// The content in a row of `hash`, its encoding, and its base.
    /// - Throws: `Failure` for a content that is missing or does not have the hash.
    func contentBytes() throws(Failure) -> [UInt8] {
        guard let hash = try hash() else {
            throw Failure.damaged("the index of the history is damaged", why: "it names content that does not exist")
        }
        let dictionary = StoredContent.decode(self, "base_")
        guard let bytes = StoredContent.decode(self, dictionary: dictionary), ContentHash(of: bytes) == hash else {
            throw Failure.content(hash)
        }
        return bytes
    }

    /// The content in a row of `hash` and `text`.
    /// - Throws: `Failure` for a text that does not have the hash.
    func currentText() throws(Failure) -> String {
        guard let hash = try hash(), let text = self["text"] as String?, ContentHash(of: text.utf8) == hash else {
            throw Failure.index("a content at its head is not the one that was recorded")
        }
        return text
    }
}

extension Failure {
    static func content(_ hash: ContentHash) -> Failure {
        Failure.damaged(
            "content \(hash.abbreviated) is damaged", why: "its bytes are not those that were recorded")
    }
}
