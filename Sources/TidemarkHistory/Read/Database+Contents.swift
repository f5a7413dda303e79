import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

extension Database {
    func content(_ hash: ContentHash) throws -> JSON {
        let bytes = try Data.fetchOne(
            cachedStatement(sql: Embedded.content), arguments: ["hash": hash.hexadecimal])
        return try JSON(bytes, verifying: hash)
    }
}

extension Row {
    func contentHash() throws(Failure) -> ContentHash {
        guard let hash = ContentHash(hexadecimal: self["content"]) else {
            throw Failure.damaged("the index of the history is damaged", why: "it names content that cannot exist")
        }
        return hash
    }

    /// The content in a row of `content` and `bytes`.
    func content() throws -> JSON { try JSON(self["bytes"] as Data?, verifying: contentHash()) }
}

extension JSON {
    /// Parses stored content.
    /// - Throws: `Failure` for missing content, and for bytes that do not have the hash.
    fileprivate init(_ bytes: Data?, verifying hash: ContentHash) throws {
        guard let bytes, ContentHash(of: bytes) == hash else {
            throw Failure.damaged(
                "content \(hash.abbreviated) is damaged", why: "its bytes are not those that were recorded")
        }
        try self.init(parsing: bytes)
    }
}
