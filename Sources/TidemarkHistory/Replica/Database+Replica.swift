import GRDB
import Tidemark

extension Database {
    /// The address whose chains the file copies; nil for a file that is not a replica.
    func replicaAddress() throws -> String? {
        guard try Bool.fetchOne(self, sql: Embedded.isReplica) == true else { return nil }
        return try String.fetchOne(self, sql: Embedded.replica) ?? "?"
    }

    /// Marks a new file as the replica of the chains at an address.
    func markAsReplica(of address: String) throws {
        try execute(sql: Embedded.createReplica)
        try execute(sql: Embedded.insertReplica, arguments: ["address": address])
    }

    /// Refuses a file that is written for another purpose than it has.
    /// - Parameter address: The address whose chains the file must copy; nil if the file must not be a replica.
    func checkReplica(of address: String?, path: String) throws {
        let found = try replicaAddress()
        guard let address else {
            guard let found else { return }
            throw Failure(
                .invalid, "'\(path)' cannot be written", why: "it is the local copy of '\(found.printable)'",
                remedy: "use the history at that address")
        }
        if let found, found.isIdenticalText(to: address) { return }
        if try Schema.isEmpty(self) { return }
        throw Failure.notTheReplica(path, of: address, found)
    }
}

extension History {
    /// Refuses a file that is not the replica of the chains at an address.
    /// - Throws: `Failure` with the code `history`.
    package func checkReplica(of address: String) throws(Failure) {
        let found = try read { try $0.replicaAddress() }
        guard found?.isIdenticalText(to: address) == true else { throw Failure.notTheReplica(file, of: address, found) }
    }
}

extension Failure {
    fileprivate static func notTheReplica(_ path: String, of address: String, _ found: String?) -> Failure {
        Failure(
            .history, "'\(path)' is not the local copy of '\(address.printable)'",
            why: found.map { "it is that of '\($0.printable)'" } ?? "it is a history of its own")
    }
}
