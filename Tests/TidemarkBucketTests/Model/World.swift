import CivilTime
import StrictJSON
import Tidemark
import TidemarkTestSupport

@testable import TidemarkBucket

/// The store, the observed environment and the time of one schedule. A seed decides the order of all events, and the faults.
///
/// `@unchecked Sendable` holds because everything runs on the test's thread: see `StepExecutor`.
final class World: @unchecked Sendable {
    /// A request that is under way after its sender has given up.
    private struct LateRequest {
        let key: String
        let bytes: [UInt8]
        let writer: Int
    }

    /// A task that waits for an event.
    private struct Waiter {
        let writer: Int
        /// When its sleep ends; nil for a request.
        let wake: Duration?
        let continuation: CheckedContinuation<Void, Never>
    }

    let deletes: Bool
    private(set) var objects: [String: [UInt8]] = [:]
    /// All objects that were ever created, in their order.
    private(set) var creations: [(key: String, bytes: [UInt8])] = []
    private(set) var time = Duration.zero
    /// The number of events so far.
    private(set) var step = 0
    /// The value of each facet in the environment. It may become what it was before.
    private(set) var values: [FacetID: Int]
    private(set) var killed: Set<Int> = []
    private var withoutCredentials: Set<Int> = []
    private var late: [LateRequest] = []
    private var waiters: [Waiter] = []
    /// The reads of each key that the store still answers with 404, as if the object were not there yet.
    private var lags: [String: Int] = [:]
    private var hasDeleted = false
    private var random: SeededGenerator

    init(seed: UInt64, facets: [FacetID]) {
        random = SeededGenerator(seed: seed)
        values = Dictionary(uniqueKeysWithValues: facets.map { ($0, 0) })
        deletes = Int.random(in: 0..<3, using: &random) == 0
    }

    func draw() -> Double { Double.random(in: 0..<1, using: &random) }
    func drawID() -> RandomID { RandomID(using: &random) }

    private func happens(_ probability: Double) -> Bool { draw() < probability }

    // MARK: Events

    var isWaiting: Bool { !waiters.isEmpty }

    /// Lets one event happen: a task goes on, a late request is executed, a value changes, a writer dies, an object is deleted.
    func advance() {
        step += 1
        time += .milliseconds(Int.random(in: 0...500, using: &random))
        switch draw() {
        case ..<0.08: executeLate()
        case ..<0.16: change()
        case ..<0.163: kill()
        case ..<0.166: withoutCredentials.formUnion(waiters.randomElement(using: &random).map { [$0.writer] } ?? [])
        case ..<0.18 where deletes && !hasDeleted: delete()
        default: resume()
        }
    }

    /// Executes the requests that are still under way.
    func settle() { while !late.isEmpty { executeLate() } }

    private func resume() {
        guard let index = waiters.indices.randomElement(using: &random) else { return }
        let waiter = waiters.remove(at: index)
        time = max(time, waiter.wake ?? .zero)
        waiter.continuation.resume()
    }

    private func executeLate() {
        guard let index = late.indices.randomElement(using: &random) else { return }
        let request = late.remove(at: index)
        _ = execute(request.key, request.bytes)
    }

    private func change() {
        // Sorted, so that the same seed changes the same facet.
        guard let facet = values.keys.sorted().randomElement(using: &random) else { return }
        values[facet] = Int.random(in: 0..<3, using: &random)
    }

    private func kill() {
        guard let waiter = waiters.randomElement(using: &random) else { return }
        killed.insert(waiter.writer)
    }

    private func delete() {
        let newest = objects.keys.filter { $0.contains("/entries/") }.sorted().suffix(4)
        guard let index = newest.indices.randomElement(using: &random) else { return }
        for key in newest[index...].prefix(happens(0.5) ? 2 : 1) { objects[key] = nil }
        hasDeleted = true
    }

    /// Waits until the schedule lets the task go on.
    func pause(_ writer: Int, until wake: Duration? = nil) async {
        guard !killed.contains(writer) else { return }
        await withCheckedContinuation { waiters.append(Waiter(writer: writer, wake: wake, continuation: $0)) }
    }

    // MARK: The store

    private func execute(_ key: String, _ bytes: [UInt8]) -> CreateOutcome {
        guard objects[key] == nil else { return .exists }
        objects[key] = bytes
        creations.append((key, bytes))
        if !deletes, happens(0.1) { lags[key] = Int.random(in: 1...2, using: &random) }
        return .created
    }

    func read(_ key: String, by writer: Int) async -> ReadOutcome {
        await pause(writer)
        if killed.contains(writer) { return .unknown("killed") }
        if withoutCredentials.contains(writer) { return .refused("ExpiredToken") }
        if happens(0.04) { return .unknown("timed out") }
        if let lag = lags[key], lag > 0 {
            lags[key] = lag - 1
            return .absent
        }
        return objects[key].map(ReadOutcome.found) ?? .absent
    }

    func create(_ key: String, _ bytes: [UInt8], by writer: Int) async -> CreateOutcome {
        await pause(writer)
        if killed.contains(writer) { return .unknown("killed") }
        if withoutCredentials.contains(writer) { return .refused("ExpiredToken") }
        switch draw() {
        case ..<0.08: return .unknown("timed out")
        case ..<0.18:
            late.append(LateRequest(key: key, bytes: bytes, writer: writer))
            return .unknown("timed out")
        case ..<0.22: return .unknown("ConditionalRequestConflict")
        case ..<0.32:
            _ = execute(key, bytes)
            // Temporary credentials end between two requests.
            if happens(0.2) { withoutCredentials.insert(writer) }
            return .unknown("connection lost")
        default:
            let outcome = execute(key, bytes)
            await pause(writer)
            return outcome
        }
    }

    func list(_ prefix: String, after key: String?, by writer: Int) async -> ListOutcome {
        await pause(writer)
        if killed.contains(writer) { return .unknown("killed") }
        if withoutCredentials.contains(writer) { return .refused("ExpiredToken") }
        let found = objects.keys.filter { $0.hasPrefix(prefix) && $0 > key ?? "" }.sorted()
        return .page(found, hasMore: false)
    }

    /// The clock of a writer, whose sleeps are events.
    func clock(of writer: Int) -> ProgramClock {
        ProgramClock(
            millisecondsSince1970: { Stack.start.millisecondsSince1970 + Int64(self.time / .milliseconds(1)) },
            elapsed: { self.time },
            sleep: { duration in
                await self.pause(writer, until: self.time + duration)
                if self.killed.contains(writer) { throw CancellationError() }
            }, random: draw)
    }
}
