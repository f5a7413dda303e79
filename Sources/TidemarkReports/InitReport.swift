import Tidemark
import TidemarkKinds

/// The report of `init`: the files that it wrote, and what to do next.
public struct InitReport: Sendable {
    private let snapshot: SnapshotView
    private let baseline: String
    private let project: String

    /// Creates the report of a first baseline and its project.
    /// - Parameters:
    ///   - baseline: The file of the drafted baseline.
    ///   - project: The project's file.
    public init(_ snapshot: SnapshotView, baseline: String, project: String) {
        self.project = project
        self.snapshot = snapshot
        self.baseline = baseline
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        text.add("wrote \(project) and \(baseline.printable) for \(snapshot.environment)")
        text.add("seen", "\(counted(snapshot.resources.count, "resource")); \(snapshot.body.answersInWords)")
        text.add("not followed", snapshot.notFollowedHosts.inWords, width: 14)
        text.add(Unsettled(snapshot.body.unsettled))
        text.add("next", "reduce \(baseline.printable) to what your documentation promises")
        text.add("", "tidemark record --release LABEL, after each deploy")
        text.add("", "tidemark drift, in CI")
        return text.text
    }
}
