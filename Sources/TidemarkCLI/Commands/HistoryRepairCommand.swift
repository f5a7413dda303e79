import ArgumentParser
import Tidemark
import TidemarkBucket
import TidemarkHistory
import TidemarkShared

struct HistoryRepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Restore a history to a new prefix from the local copy, after entries were removed from the bucket.",
        discussion: """
            If somebody removed or replaced an entry, readers refuse the bucket, and what was recorded since may be beside the chain. \
            A machine that read the chain before has a whole copy of it. This command copies that to another prefix, which is used \
            from then on. Nothing in the old prefix is changed: the entries there that are beside the chain are named and stay.

            Exit status: 0 copied, 1 an error; the command can be run again.
            """)

    @Argument(help: "The address that the history gets: s3://BUCKET/PREFIX.")
    var address: String

    @OptionGroup var history: HistoryOptions

    func validate() throws { try history.refuseOffline() }

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
        guard Console.exists(source.file) else {
            throw Failure(
                .notFound, "there is no local copy of '\(source.name.printable)'", why: "this machine never read it",
                remedy: "run the command on a machine that did")
        }
        let log = try history.openLog(source)
        try log.verify()
        try history.verifyHead(in: log)
        let named = try history.environment.map { [try log.environment(EnvironmentName($0))] }
        let damaged = try await damaged(named ?? log.environments(), in: old)
        guard !damaged.isEmpty else {
            throw Failure(
                .invalid, "'\(source.name.printable)' needs no repair",
                why: "the bucket has every entry of the local copy",
                remedy: "'history push' moves a history to another prefix")
        }
        for environment in damaged {
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

    /// The environments of which the bucket lacks an entry that the local copy has. A whole one stays where it is: two histories that
    /// go on are a fork. A copy that ends before the damage would cut the history short.
    private func damaged(_ environments: [EnvironmentName], in old: SharedHistory) async throws -> [EnvironmentName] {
        var damaged: [EnvironmentName] = []
        for environment in environments {
            switch try await old.condition(of: environment, report: { Console.note([$0]) }) {
            case .whole:
                if environments.count > 1 {
                    Console.note(["'\(environment)' is whole and stays: 'history push -e \(environment)' moves it"])
                }
            case .lacks(let failure):
                Console.note([failure.message])
                damaged.append(environment)
            case .isDamagedBehind(let failure):
                throw Failure(
                    .history, "the local copy of '\(environment)' cannot repair the bucket",
                    why: "it ends before the damage: \(failure.what)\(failure.why.map { ": \($0)" } ?? "")",
                    remedy: "run the command on a machine that read the history before")
            }
        }
        return damaged
    }

    private static func line(_ orphan: OrphanedObject, in source: HistoryLocation) -> String {
        let beside = "  beside the chain, and kept at '\(source.name.printable)': "
        guard let entry = orphan.entry else { return beside + "\(orphan.seq), whose object is damaged\n" }
        let release = entry.header.kind == .snapshot ? (try? entry.snapshotBody())?.release : nil
        return beside + "\(entry.reference), \(entry.header.kind.rawValue.printable)"
            + (release.map { " of release '\($0.label.printable)'" } ?? "") + ", \(entry.header.at.readable)\n"
    }
}
