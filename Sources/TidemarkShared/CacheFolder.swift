import FoundationEssentials
import Tidemark
import TidemarkBucket
import TidemarkHistory

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

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

    /// The notice about an entry of an environment that waits with an unknown outcome; nil if none does.
    /// - Parameter report: Receives warnings about the file that keeps it, one line each.
    package func waiting(
        _ environment: EnvironmentName, in address: String, report: @escaping @Sendable (String) -> Void
    ) -> String? {
        FileOutbox(at: replica(of: address), prefix: "", report: report).entry(of: environment)?.entry.waits
    }

    func create() throws(Failure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            // The system's reason, for which Foundation has other words.
            let why = mkdir(path, 0o700) == 0 ? nil : errorMessage(errno)
            throw Failure(
                .unavailable, "the folder '\(path.printable)' of the local copy of the history cannot be created",
                why: why, remedy: .nameCache)
        }
    }
}
