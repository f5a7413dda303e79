import FoundationEssentials
import Testing

@testable import TidemarkBucket

/// The protocol under random schedules of several recorders, with lost and late requests, conflicts, kills and deletions.
///
/// `TIDEMARK_MODEL_SCHEDULES=20000` runs more schedules.
@Suite struct ProtocolModelTests {
    private static let count =
        ProcessInfo.processInfo.environment["TIDEMARK_MODEL_SCHEDULES"].flatMap(UInt64.init) ?? 40
    /// The schedules in which a rule that is skipped must be missed.
    private static let limit: UInt64 = 500

    private func violations(_ seed: UInt64, skipping rules: Set<ProtocolRule> = []) throws -> Violations {
        let schedule = try Schedule(seed: seed, skipping: rules)
        #expect(schedule.run(), "schedule \(seed) does not end")
        return try Violations(schedule)
    }

    private func firstViolations(skipping rule: ProtocolRule) throws -> Violations? {
        for seed in 0..<Self.limit {
            let found = try violations(seed, skipping: [rule])
            if found != Violations() { return found }
        }
        return nil
    }

    @Test func `nothing is recorded twice, lost or denied, and no older observation overwrites a newer one`() throws {
        for seed in 0..<Self.count { #expect(try violations(seed) == Violations(), "schedule \(seed)") }
    }

    @Test func `a schedule is the same each time`() throws {
        let chains = try (0..<2).map { _ in
            let schedule = try Schedule(seed: 1)
            return schedule.run()
                ? schedule.chain.map { [$0.header.attempt.description, $0.header.at.description] } : []
        }
        #expect(chains[0].count > 2)
        #expect(chains[0] == chains[1])
    }

    @Test(arguments: ProtocolRule.allCases)
    func `without one of the rules something goes wrong`(_ rule: ProtocolRule) throws {
        let missed = try #require(try firstViolations(skipping: rule))
        switch rule {
        case .sendAgain, .readExisting, .doubtAbsence: #expect(missed.doubles > 0 || missed.unreported > 0)
        case .doubtRefusal: #expect(missed.unreported > 0)
        case .compareObservation: #expect(missed.older > 0)
        case .lookBefore, .lookAtOwn, .lookAfter: #expect(missed.lost > 0)
        }
    }
}
