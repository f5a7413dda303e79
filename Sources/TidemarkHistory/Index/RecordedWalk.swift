import GRDB
import StrictJSON
import Tidemark

/// How an environment was observed: what all snapshots have in common until it changes.
struct RecordedWalk: Equatable {
    /// The entry that has the binding.
    private(set) var binding: Seq = .first
    private(set) var questions: SnapshotBody.Questions?
    private(set) var gaps: ContentHash?
    private(set) var decoders: [Kind: String] = [:]
    private(set) var keyID: String?

    init() {}

    init(_ row: Row) throws {
        binding = Seq(rawValue: row["binding"])
        let asked: Int = row["asked"]
        questions = try row.hash("questions").map { SnapshotBody.Questions(hash: $0, count: asked) }
        gaps = try row.hash("gaps")
        decoders = [Kind: String](json: try JSON(parsing: row["decoders"] as String)) ?? [:]
        keyID = row["key"]
    }

    /// Applies what a snapshot recorded.
    /// - Parameter binding: The entry that has the binding at the snapshot.
    mutating func apply(_ body: SnapshotBody, binding: Seq) {
        self.binding = binding
        body.questions.apply(to: &questions)
        body.gaps.apply(to: &gaps)
        if case .changed(let new) = body.decoders { decoders = new ?? [:] }
        body.keyID.apply(to: &keyID)
    }

    var decodersText: String { decoders.json.canonical }
}
