// benchmark-history make TEMPLATE SNAPSHOTS tags|resources NUMBER HISTORY
//     Writes a history of SNAPSHOTS snapshots with signed releases, and prints the same story as input for 'git fast-import'. TEMPLATE is the
//     history of a recorded stack, the first state of the story. The story is that of the stack whose larger repository has
//     NUMBER tags, or of a stack of NUMBER resources of which 1 % change at each snapshot.
// benchmark-history append COUNT HISTORY
//     Appends COUNT snapshots with one changed facet each. Prints for each the bytes that it read and wrote, and the
//     milliseconds that it took.
// benchmark-history observe COUNT HISTORY
//     Makes the observations that 'append' makes, and appends nothing: the cost to subtract from that of 'append'.

import CivilTime
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

struct BenchmarkError: Error { let reason: String }

let environment = try EnvironmentName("antenna-production")

/// Writes the history. Every snapshot has the time of the story, so that the same story has the same hashes, but for the signatures,
/// whose key is another one on each run.
func make(_ story: Story, snapshots: Int, at path: String) async throws {
    var story = story
    let history = try History.open(appendingAt: path, images: KindRegistry.all.images)
    let signer = try StorySigner().signer
    var (last, attempts) = (Seq?.none, SeededGenerator(seed: 1))
    var clock = ProgramClock.system
    clock.elapsed = { .zero }
    for _ in 1...snapshots {
        let (observation, release) = try story.next()
        let recording = Recording(
            environment: environment, observation: observation, release: release, after: last,
            attempt: RandomID(using: &attempts), signer: signer)
        let head = recording.isToBeSigned ? try history.head(of: environment) : nil
        let signed = try await recording.signed(over: head, now: recording.time(of: clock).at)
        guard let appended = try history.append(signed, clock: clock) else {
            throw BenchmarkError(reason: "'\(path)' has snapshots already")
        }
        last = appended.entry.header.seq
        GitStream.commit(appended)
    }
}

/// An observation in which one facet is not as in the newest snapshot.
func observe(_ path: String) throws -> EnvironmentObservation {
    let history = try History.open(readingAt: path, images: KindRegistry.all.images)
    let snapshot = try history.snapshot(of: environment, at: .latest(back: 0))
    guard let binding = try history.head(of: environment)?.binding else { throw BenchmarkError(reason: "no binding") }
    let coverage = Coverage(of: snapshot.facets.keys, gaps: snapshot.gaps)
    var observation = EnvironmentObservation(
        snapshot, binding: binding, coverage: coverage, at: ProgramClock.system.now())
    // Seqs of three histories that are compared have different numbers of digits; these have not.
    observation.facets.resize(to: 1000 + snapshot.seq.rawValue % 1000)
    return observation
}

func append(to path: String) async throws -> ProcessCost {
    let observation = try observe(path)
    let start = try ProcessCost.now()
    _ = try await History.record(at: path, images: KindRegistry.all.images, environment: environment, release: nil) {
        _ in observation
    }
    return try .now() - start
}

func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw BenchmarkError(reason: "'\(text)' is not a number") }
    return number
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("make", 6):
    let count = try number(arguments[4])
    let size = arguments[3] == "tags" ? Story.Size.tags(count) : .resources(count)
    try await make(Story(template: arguments[1], size), snapshots: number(arguments[2]), at: arguments[5])
case ("append", 3):
    for _ in 0..<(try number(arguments[1])) { print(try await append(to: arguments[2])) }
case ("observe", 3):
    for _ in 0..<(try number(arguments[1])) { print("\(try observe(arguments[2]).facets.count) facets") }
default:
    throw BenchmarkError(reason: "usage: benchmark-history make|append|observe ...")
}
