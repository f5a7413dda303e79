import ArgumentParser
import Tidemark

struct HistoryInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Check a bucket before a history begins in it.",
        discussion: """
            64 requests race for one object under the prefix, as the first 'record' of an environment has them race: a store in \
            which more than one wins would lose entries, and is refused. Then the settings of the bucket are read, and what \
            endangers a history is named. The object of the race stays, under 'race/'. No history begins: that does 'record'.

            Exit status: 0 a history is safe there, 1 an error or a store that cannot have one, 3 something endangers it.
            """)

    @OptionGroup var history: HistoryOptions

    func validate() throws { try history.refuseOffline() }

    func run() async throws {
        let project = try history.projectFile()
        let location = try history.location(in: project)
        guard let bucket = location.bucket, let shared = try location.shared() else {
            throw Failure(
                .invalid, "'\(location.name.printable)' needs no check", why: "it is a file",
                remedy: "name a history in a bucket: s3://BUCKET/PREFIX")
        }
        guard let name = try history.name(in: project) else {
            throw Failure(.invalid, "no environment was named", remedy: .nameEnvironment)
        }
        try await shared.race(name) { Console.note([$0]) }
        try Console.write("of 64 requests for one object one created it: a history can begin here\n", in: .text)
        let report = try await bucket.report()
        try Console.write(report.text(Console.style), in: .text)
        if !report.isHealthy { throw ExitStatus.unseen }
    }
}
