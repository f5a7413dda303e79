import Foundation
import StrictJSON
import Testing
import Tidemark
import TidemarkHistory
import TidemarkKinds

/// A program that records and queries, by the public interface alone.
struct HistoryProgramTests {
    @Test func `a program records an observation of its own and reads it back`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tidemark-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (path, images) = (folder.appending(path: "tidemark.sqlite").path, KindRegistry.all.images)

        let appended = try await History.record(
            at: path, images: images, environment: EnvironmentName("antenna-production"),
            release: Release(label: "v10")
        ) { _ in
            let now = Timestamp(millisecondsSince1970: 1_795_466_443_000)
            return EnvironmentObservation(
                started: now, finished: now,
                binding: EnvironmentBinding(
                    partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                    ebEnvironmentID: "e-abc"),
                caller: "arn:aws:iam::123456789012:user/release-bot",
                facets: [
                    FacetID(ResourceID(Kind(rawValue: "rds.db-instance"), "antenna-postgres"), Snapshot.description): [
                        "Engine": "postgres"
                    ]
                ],
                coverage: Coverage(questions: [], gaps: []))
        }

        let history = try History.open(readingAt: path, images: images)
        let environment = try history.environment(nil)
        #expect(try history.deployments(of: "v10").deployments.map(\.entry) == [appended.entry.hash])
        #expect(
            try history.snapshot(of: environment, at: Moment("latest")).resources.map(\.identity) == [
                "antenna-postgres"
            ])
        try history.verify(appended.entry.reference, in: environment)
    }
}
