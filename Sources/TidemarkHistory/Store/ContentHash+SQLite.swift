import FoundationEssentials
import GRDB
import Tidemark

extension ContentHash {
    /// The 32 bytes as SQLite stores them.
    var data: Data { Data(bytes) }
}

extension Row {
    /// The hash in a column; nil for null.
    /// - Throws: `Failure` for anything but 32 bytes.
    func hash(_ column: String = "hash") throws(Failure) -> ContentHash? {
        guard let bytes = self[column] as Data? else { return nil }
        guard let hash = ContentHash(bytes: bytes) else {
            throw Failure.damaged("the index of the history is damaged", why: "it has a hash that cannot exist")
        }
        return hash
    }
}
