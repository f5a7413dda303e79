import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

extension Database {
    func content(_ hash: ContentHash) throws -> JSON {
        let bytes = try Data.fetchOne(
            cachedStatement(sql: Embedded.content), arguments: ["hash": hash.hexadecimal])
        guard let bytes, ContentHash(of: bytes) == hash else {
            throw Failure.damaged(
                "content \(hash.abbreviated) is damaged", why: "its bytes are not those that were recorded")
        }
        return try JSON(parsing: bytes)
    }
}

extension Row {
    func contentHash() throws(Failure) -> ContentHash {
        guard let hash = ContentHash(hexadecimal: self["content"]) else {
            throw Failure.damaged("the index of the history is damaged", why: "it names content that cannot exist")
        }
        return hash
    }

    /// The content in a row of `content` and `bytes`, held against its hash.
    func content() throws -> JSON {
        let hash = try contentHash()
        guard let bytes = self["bytes"] as Data?, ContentHash(of: bytes) == hash else {
            throw Failure.damaged(
                "content \(hash.abbreviated) is damaged", why: "its bytes are not those that were recorded")
        }
        return try JSON(parsing: bytes)
    }
}
