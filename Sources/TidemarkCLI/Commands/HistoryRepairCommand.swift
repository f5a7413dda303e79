import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkShared

struct HistoryRepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Copy the local copy of a history to a new prefix, where entries of the bucket are gone.",
        discussion: """
            If somebody removed or replaced an entry, readers refuse the bucket, and what was recorded since may be beside the chain. \
            A machine that read the chain before has a whole copy of it. This command copies that to another prefix, which is used \
            from then on. Nothing in the old prefix is changed: the entries there that are beside the chain are named and stay.

            Exit status: 0 copied, 1 an error; the command can be run again.
            """)

    @Argument(help: "The address that the history gets: s3://BUCKET/PREFIX.")
    var address: String

    @OptionGroup var history: HistoryOptions

    func run() async throws {
        let project = try history.projectFile()
        let source = try history.location(in: project)
        guard let old = try source.shared() else {
            throw Failure(
                .invalid, "'\(source.name.printable)' cannot be repaired",
                why: "it is a file, not a history in a bucket",
                remedy: "restore it from a copy, or run 'history rebuild' if only its index is damaged")
        }
        let target = try HistoryLocation.bucket(address, besides: source, project.project.history)
        guard let new = try target.shared() else { return }
        try await refuseIfWhole(old, source)
        let log = try history.openLog(source)
        try log.verify()
        try history.verifyHead(in: log)
        let named = try history.environment.map { [try log.environment(EnvironmentName($0))] }
        for environment in try named ?? log.environments() {
            let head = try await new.copy(environment, from: log, report: { Console.note([$0]) }) { done, count in
                Console.noteCopy(done, of: count, environment)
            }
            try Console.write(
                "'\(environment)' goes on at '\(target.name.printable)' after \(head?.description ?? "no entry")\n",
                in: .text)
            for orphan in try await old.orphans(of: environment, report: { Console.note([$0]) }) {
                try Console.write(Self.line(orphan, in: source), in: .text)
            }
        }
    }

    /// Refuses to copy a history that goes on: two that go on are a fork.
    private func refuseIfWhole(_ old: SharedHistory, _ source: HistoryLocation) async throws {
        do {
            try await old.pull { Console.note([$0]) }
            _ = try await old.verify { Console.note([$0]) }
        } catch let failure as Failure where failure.code == .history {
            return Console.note("tidemark: \(failure.message)".printable)
        }
        throw Failure(
            .invalid, "'\(source.name.printable)' needs no repair", why: "the bucket has every entry",
            remedy: "'history push' moves a history to another prefix")
    }

    private static func line(_ orphan: Entry, in source: HistoryLocation) throws(Failure) -> String {
        let header = orphan.header
        let release = header.kind == .snapshot ? try orphan.snapshotBody().release : nil
        return
            "  beside the chain, and kept at '\(source.name.printable)': \(orphan.reference), \(header.kind.rawValue)"
            + (release.map { " of release '\($0.label.printable)'" } ?? "") + ", \(header.at.readable)\n"
    }
}
