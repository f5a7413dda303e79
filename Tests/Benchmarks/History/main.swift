// benchmark-history make TEMPLATE SNAPSHOTS TAGS HISTORY
//     Writes a history of SNAPSHOTS snapshots in which the larger repository has TAGS tags, and prints the same story as
//     input for 'git fast-import'. TEMPLATE is the history of a recorded stack, the first state of the story.
// benchmark-history append COUNT HISTORY...
//     Appends COUNT snapshots to each history, one to each in turn, and prints the milliseconds that each took: one line for
//     each history.

import CivilTime
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkTestSupport

struct BenchmarkError: Error { let reason: String }

let environment = try EnvironmentName("antenna-production")

/// Writes the history. Every snapshot has the time of the story, so that the same story has the same hashes.
func make(_ story: Story, snapshots: Int, at path: String) throws {
    var story = story
    let history = try History.open(appendingAt: path, images: KindRegistry.all.images)
    var (last, attempts) = (Seq?.none, SeededGenerator(seed: 1))
    var clock = ProgramClock.system
    clock.elapsed = { .zero }
    for _ in 1...snapshots {
        let (observation, release) = try story.next()
        let recording = Recording(
            environment: environment, observation: observation, release: release, after: last,
            attempt: RandomID(using: &attempts))
        guard let appended = try history.append(recording, clock: clock) else {
            throw BenchmarkError(reason: "'\(path)' has snapshots already")
        }
        last = appended.entry.header.seq
        GitStream.commit(appended)
    }
}

/// Records another snapshot with one changed facet; returns the milliseconds that it took.
func append(to path: String) async throws -> Double {
    let history = try History.open(readingAt: path, images: KindRegistry.all.images)
    let snapshot = try history.snapshot(of: environment, at: .latest(back: 0))
    guard let binding = try history.head(of: environment)?.binding else { throw BenchmarkError(reason: "no binding") }
    var observation = EnvironmentObservation(snapshot, binding: binding, at: ProgramClock.system.now())
    observation.facets.resize(to: snapshot.seq.rawValue)
    let start = ContinuousClock.now
    _ = try await History.record(at: path, images: KindRegistry.all.images, environment: environment, release: nil) {
        _ in observation
    }
    return (ContinuousClock.now - start) / .milliseconds(1)
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("make", 5):
    guard let snapshots = Int(arguments[2]), let tags = Int(arguments[3]) else {
        throw BenchmarkError(reason: "SNAPSHOTS and TAGS are numbers")
    }
    try make(Story(template: arguments[1], tags: tags), snapshots: snapshots, at: arguments[4])
case ("append", 3...):
    guard let count = Int(arguments[1]) else { throw BenchmarkError(reason: "COUNT is a number") }
    let paths = arguments[2...]
    var times: [String: [Double]] = [:]
    for _ in 0..<count {
        for path in paths { times[path, default: []].append(try await append(to: path)) }
    }
    for path in paths { print((times[path] ?? []).map { "\($0)" }.joined(separator: " ")) }
default:
    throw BenchmarkError(reason: "usage: benchmark-history make|append ...")
}
