import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark

struct ObservationFileTests {
    private func file() throws -> ObservationFile {
        var observation = EnvironmentObservation.of(
            [
                Stack.database.described: Stack.databaseContent, Stack.group.described: .none,
                Stack.group.reach: .some(.null),
            ],
            gaps: [.denied("rds", "DescribeDBParameters", facets: [FacetID(Stack.database, "Parameters")])],
            fingerprints: [
                Fingerprint(
                    location: Fingerprint.Location(facet: Stack.environment.described, path: "a", part: "value"),
                    value: Fingerprint.Value(key: "k", code: "c"))
            ], keyID: "k", readings: [Reading(resource: Stack.environment, name: "Health", value: "Green")],
            unsettled: [.environmentStatus("Updating")])
        observation.awsClock = ClockReading(time: Timestamp(millisecondsSince1970: 1_795_466_440_000), elapsed: .zero)
        return ObservationFile(
            environment: try EnvironmentName("antenna-production"), observation: observation,
            release: try Release(label: "v10", by: "release-bot"), attempt: .fixed)
    }

    @Test func `an observation is read as it was written`() throws {
        let file = try file()
        let read = try ObservationFile(file.text.utf8, named: "late.json")
        #expect(read.text == file.text)
        #expect(
            (read.environment, read.release, read.attempt, read.time) == (
                file.environment, file.release, file.attempt, file.time
            ))
        let (before, after) = (file.observation, read.observation)
        #expect(after.facets == before.facets && after.coverage == before.coverage)
        #expect(after.isAbsent(Stack.group) && after.facets[Stack.group.reach] == .some(.null))
        #expect(after.readings == before.readings && after.fingerprints == before.fingerprints)
        #expect((after.keyID, after.decoders, after.unsettled) == (before.keyID, before.decoders, before.unsettled))
        #expect((after.caller, after.binding, after.started) == (before.caller, before.binding, before.started))
        #expect(read.late == SnapshotBody.Late(time: try #require(before.awsClock).time, caller: before.caller))
    }

    @Test func `recorded resources that the walk did not reach are unseen`() throws {
        let file = try file()
        let head = try ChainHead.of(
            [Stack.environment.described: ContentHash(of: 1), Stack.database.described: ContentHash(of: 2)],
            binding: file.observation.binding)
        let gap = try #require(file.observation(beside: head).coverage.gaps.last)
        #expect(gap.facets == [Stack.environment.described] && gap.reason == .unknownToWalk)
        #expect(file.observation(beside: nil).coverage == file.observation.coverage)
    }

    @Test func `a damaged file and one of another version are refused with a reason`() throws {
        let text = try file().text
        let other = try JSON(parsing: text)["observation"].flatMap { body -> JSON? in
            guard var members = body.object else { return nil }
            members["format"] = 2
            return ["observation": .object(members), "sha256": ContentHash(of: .object(members)).json]
        }
        for (damaged, why) in [
            (String(text.dropLast(9)), "not whole"), (text.replacing("v10", with: "v11"), "it was changed"),
            (try #require(other).canonical, "another version"),
        ] {
            let failure = #expect(throws: Failure.self) { try ObservationFile(damaged.utf8, named: "late.json") }
            #expect(failure?.code == .invalid && failure?.why?.contains(why) == true)
        }
    }
}
