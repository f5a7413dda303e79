import ArgumentParser
import Tidemark
import TidemarkHistory

struct HistoryPullCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Bring the local copy of a history in a bucket up to date.",
        discussion: """
            Every reading command does it first. A machine that keeps its copy can read it with --offline, and repair a bucket \
            from it.

            Exit status: 0 up to date, 1 an error.
            """)

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions

    func validate() throws { try history.refuseOffline() }

    func run() throws {
        let location = try history.location(in: history.projectFile())
        guard location.bucket != nil else {
            throw Failure(
                .invalid, "there is no copy of '\(location.name.printable)'", why: "it is a file",
                remedy: "name a history in a bucket: s3://BUCKET/PREFIX")
        }
        let (log, named, heads) = try history.openForAll()
        for environment in try named.map({ [$0] }) ?? log.environments() {
            let head = heads[environment].map(\.description) ?? "no entry"
            try Console.write("'\(environment)' is copied up to \(head)\n", in: .text)
        }
    }
}
