import FoundationEssentials
import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

/// The heads of the replicas that were set aside, in a file beside the replica.
///
/// A replica that is made again has no past of its own. These heads are what it must agree with: a store that has become shorter, or
/// has another past, is noticed all the same.
struct KeptHeads {
    private let path: String

    init(beside replica: String) { path = replica + ".heads" }

    /// The newest entry that an earlier copy had; nil if there is none.
    subscript(environment: EnvironmentName) -> HeadReference? {
        heads[environment.rawValue]?.string.flatMap(HeadReference.init)
    }

    /// Keeps the heads that a replica has, where they are newer than the kept ones.
    /// - Throws: `Failure` for a file that cannot be written: the replica must stay where it is.
    func keep(_ references: [(EnvironmentName, HeadReference)]) throws(Failure) {
        var heads = heads
        for (environment, head) in references where self[environment].map({ $0.seq < head.seq }) ?? true {
            heads[environment.rawValue] = .string(head.description)
        }
        guard heads != self.heads else { return }
        do {
            try Data(JSON.object(heads).canonicalBytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Failure.cannot("written", path)
        }
    }

    private var heads: JSONObject {
        FileManager.default.contents(atPath: path).flatMap { try? JSON(parsing: $0) }?.object ?? JSONObject()
    }
}

extension KeptHeads {
    /// The newest entries that can still be read from a replica, whatever else in it is damaged; none from another file.
    static func readable(in path: String, of address: String) -> [(EnvironmentName, HeadReference)] {
        let heads =
            try? DatabaseQueue(path: path, configuration: .reading).read { database in
                guard try database.replicaAddress()?.isIdenticalText(to: address) == true else { return [] }
                let names = try String.fetchAll(database, sql: Embedded.environments)
                return names.compactMap { try? EnvironmentName($0) }.compactMap { environment in
                    database.readableHead(of: environment).map { (environment, $0) }
                }
            } as [(EnvironmentName, HeadReference)]
        return heads ?? []
    }
}

extension Database {
    /// The newest entry whose header has the recorded hash.
    fileprivate func readableHead(of environment: EnvironmentName) -> HeadReference? {
        let rows = try? Row.fetchCursor(
            self, sql: Embedded.newestEntries,
            arguments: ["environment": environment.rawValue, "before": nil, "limit": 100])
        while let row = try? rows?.next() {
            guard let text = row["header"] as String?, let header = try? Header(parsing: text),
                header.environment == environment, case let hash = ContentHash(of: text.utf8), (try? row.hash()) == hash
            else { continue }
            return HeadReference(seq: header.seq, hash: hash)
        }
        return nil
    }
}
