import CivilTime
import StrictJSON
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

/// One run of several recorders over one store, with faults, and what it left.
///
/// `@unchecked Sendable` holds because everything runs on the test's thread: see `StepExecutor`.
final class Schedule: @unchecked Sendable {
    /// How a command ended.
    enum Ending {
        case recorded(Entry, wasOffChain: Bool)
        /// Nothing was recorded, as the command reported.
        case failed
        /// Killed, of unknown outcome, or beside the chain: it may have been recorded.
        case uncertain
    }

    struct Command {
        let attempt: RandomID
        let ending: Ending
    }

    private static let facets: [FacetID] = [.of("a"), .of("b")]
    private static let writerCount = 3
    private static let commandsPerWriter = 2
    private static let maximumSteps = 20_000

    let world: World
    let keys: EntryKeys
    private(set) var commands: [Command] = []
    /// The step at which each walk read each facet, by the number of the walk.
    private(set) var looks: [[FacetID: Int]] = []
    private let skippedRules: Set<ProtocolRule>
    private var runningCount = Schedule.writerCount
    /// The writers whose newest entry was not part of the chain when the store answered.
    private var offChain: Set<Int> = []

    init(seed: UInt64, skipping rules: Set<ProtocolRule> = []) throws {
        world = World(seed: seed, facets: Self.facets)
        keys = EntryKeys(prefix: "", environment: try EnvironmentName(EnvironmentName.production))
        skippedRules = rules
    }

    /// Runs until every writer has ended, and every late request was executed.
    /// - Returns: Whether all writers ended.
    func run() -> Bool {
        let executor = StepExecutor()
        for writer in 0..<Self.writerCount {
            Task(executorPreference: executor) {
                await self.run(writer)
                self.runningCount -= 1
            }
        }
        executor.run()
        while runningCount > 0, world.step < Self.maximumSteps {
            world.advance()
            executor.run()
        }
        world.settle()
        return runningCount == 0
    }

    /// Records several times with one replica.
    private func run(_ writer: Int) async {
        var store = BucketStore(
            ScheduledObjects(schedule: self, writer: writer), replica: MemoryReplica(images: KindRegistry.all.images),
            outbox: MemoryOutbox(), prefix: "", images: KindRegistry.all.images, clock: world.clock(of: writer))
        store.skippedRules = skippedRules
        store.racerCount = 0
        store.packSizes = [PackSize(count: 2, hasState: false), PackSize(count: 4, hasState: true)]
        for _ in 0..<Self.commandsPerWriter where !world.killed.contains(writer) {
            let attempt = world.drawID()
            let ending = await record(attempt, in: store, by: writer)
            commands.append(Command(attempt: attempt, ending: world.killed.contains(writer) ? .uncertain : ending))
        }
    }

    private func record(_ attempt: RandomID, in store: BucketStore, by writer: Int) async -> Ending {
        let loop = RecordLoop(
            keys.environment, release: nil, whenUnsettled: .allow, attempt: attempt, timeout: .seconds(300),
            clock: store.clock)
        do {
            let appended = try await loop.record(in: store, lock: { {} }, walk: { _ in await self.observe(writer) })
            return .recorded(appended.entry, wasOffChain: offChain.contains(writer) && isOffChain(appended.entry))
        } catch let failure as Failure {
            return [.unknownOutcome, .history].contains(failure.code) ? .uncertain : .failed
        } catch {
            return .uncertain
        }
    }

    /// Reads the facets one after another. The number of the walk is its start.
    private func observe(_ writer: Int) async -> EnvironmentObservation {
        let number = looks.count
        looks.append([:])
        var observation = EnvironmentObservation.of([:])
        observation.started = Timestamp(
            millisecondsSince1970: Stack.start.millisecondsSince1970 + Int64(number))
        for facet in Self.facets {
            await world.pause(writer)
            // A question may stay without an answer.
            guard world.draw() < 0.9 else { continue }
            observation.facets[facet] = JSON(world.values[facet] ?? 0)
            looks[number][facet] = world.step
        }
        return observation
    }

    /// Whether the objects that exist contradict that an entry is part of the chain.
    private func isOffChain(_ entry: Entry) -> Bool {
        let header = entry.header
        let before = header.seq == .first ? nil : self.entry(header.seq.previous)?.hash
        let isLast = !world.objects.keys.contains { key in keys.seq(of: key).map { $0 > header.seq } ?? false }
        return before != header.previous || self.entry(header.seq)?.hash != entry.hash
            || !isLast && self.entry(header.seq.next)?.header.previous != entry.hash
    }

    fileprivate func noteAnswer(_ key: String, _ bytes: [UInt8], to writer: Int) {
        guard let entry = entry(bytes, key) else { return }
        if isOffChain(entry) { offChain.insert(writer) } else { offChain.remove(writer) }
    }

    // MARK: The result

    /// The entries that follow one another from the first one.
    var chain: [Entry] {
        var chain: [Entry] = []
        while let next = entry(chain.last?.header.seq.next ?? .first), next.header.previous == chain.last?.hash {
            chain.append(next)
        }
        return chain
    }

    /// All entries that were ever created.
    var created: [Entry] { world.creations.compactMap { entry($0.bytes, $0.key) } }

    private func entry(_ seq: Seq) -> Entry? { world.objects[keys[seq]].flatMap { entry($0, keys[seq]) } }

    private func entry(_ bytes: [UInt8], _ key: String) -> Entry? {
        guard let seq = keys.seq(of: key) else { return nil }
        return try? EntryObject.decode(bytes, of: seq, in: keys).entry
    }
}

/// The store as one writer of a schedule reaches it.
private struct ScheduledObjects: ObjectStore {
    let schedule: Schedule
    let writer: Int

    func read(_ key: String) async -> ReadOutcome { await schedule.world.read(key, by: writer) }

    func create(_ key: String, _ bytes: [UInt8]) async -> CreateOutcome {
        let outcome = await schedule.world.create(key, bytes, by: writer)
        schedule.noteAnswer(key, bytes, to: writer)
        return outcome
    }

    func keys(withPrefix prefix: String, after key: String?) async -> ListOutcome {
        await schedule.world.list(prefix, after: key, by: writer)
    }
}
