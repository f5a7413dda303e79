import Tidemark
import TidemarkTestSupport

@testable import TidemarkBucket

/// What a schedule must not leave behind.
struct Violations: Equatable {
    /// Commands with two snapshots.
    var doubles = 0
    /// Commands that reported a snapshot that is not part of the chain.
    var lost = 0
    /// Snapshots that overwrite what was observed later.
    var older = 0
    /// Commands that reported that nothing was recorded, although it was.
    var unreported = 0

    static func += (total: inout Violations, other: Violations) {
        total.doubles += other.doubles
        total.lost += other.lost
        total.older += other.older
        total.unreported += other.unreported
    }

    init() {}

    init(_ schedule: Schedule) throws {
        let (chain, deletes) = (schedule.chain, schedule.world.deletes)
        let snapshots = Dictionary(
            grouping: schedule.created.filter { $0.header.kind == .snapshot }, by: \.header.attempt)
        // After a deletion a late request can create an object that was lost before.
        doubles = deletes ? 0 : snapshots.values.count { $0.count > 1 }
        let hashes = Set(chain.map(\.hash))
        for command in schedule.commands {
            switch command.ending {
            case .recorded(let entry, let wasOffChain):
                if wasOffChain || !deletes && !hashes.contains(entry.hash) { lost += 1 }
            case .failed where !deletes && snapshots[command.attempt] != nil: unreported += 1
            case .failed, .uncertain: break
            }
        }
        older = try Self.older(in: chain, schedule)
    }

    private static func older(in chain: [Entry], _ schedule: Schedule) throws -> Int {
        var (newest, count) = ([FacetID: Int](), 0)
        for entry in chain where entry.header.kind == .snapshot {
            let body = try entry.snapshotBody()
            let walk = Int(body.started.millisecondsSince1970 - Stack.start.millisecondsSince1970)
            let looks = schedule.looks[walk]
            if body.changes.contains(where: { looks[$0.facet, default: 0] < newest[$0.facet, default: 0] }) {
                count += 1
            }
            newest.merge(looks, uniquingKeysWith: max)
        }
        return count
    }
}
