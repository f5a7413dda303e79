import FoundationEssentials
import Tidemark

/// The folder of the replicas on this machine.
package struct CacheFolder: Sendable {
    /// The folder's path.
    package let path: String

    /// Names a folder, which is created for this user alone when something is written to it.
    package init(_ path: String) { self.path = path }

    /// The path of the replica of the history at an address. An address can be longer than a file's name.
    package func replica(of address: String) -> String { "\(path)/\(ContentHash(of: address.utf8).hexadecimal).sqlite" }

    /// When an environment of the history at an address was read last; nil if that is unknown.
    package func pulled(_ environment: EnvironmentName, from address: String) -> Timestamp? {
        PullTimes(beside: replica(of: address))[environment]
    }

    func create() throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .unavailable, "the folder '\(path.printable)' cannot be created", why: "\(error)".printable,
                remedy: "set TIDEMARK_CACHE to a folder that can be written")
        }
    }
}
