import GRDB
import Tidemark

extension Database {
    /// The address whose chains the file copies; nil for a file that is not a replica.
    func replicaAddress() throws -> String? {
        try tableExists("replica") ? String.fetchOne(self, sql: Embedded.replica) ?? "?" : nil
    }

    /// Marks a new file as the replica of the chains at an address.
    func markAsReplica(of address: String) throws {
        try execute(sql: Embedded.createReplica)
        try execute(sql: Embedded.insertReplica, arguments: ["address": address])
    }

    /// Refuses a file that is written for another purpose than it has.
    /// - Parameter address: The address whose chains the file must copy; nil if the file must not be a replica.
    func checkReplica(of address: String?, path: String) throws {
        if try Schema.isEmpty(self) { return }
        switch (try replicaAddress(), address) {
        case (let found?, nil):
            throw Failure(
                .invalid, "'\(path)' cannot be written", why: "it is the local copy of '\(found.printable)'",
                remedy: "use the history at that address")
        case (let found, let address?) where found.map({ !$0.isIdenticalText(to: address) }) ?? true:
            throw Failure(
                .history, "'\(path)' is not the local copy of '\(address.printable)'",
                why: found.map { "it is that of '\($0.printable)'" })
        default: break
        }
    }
}
