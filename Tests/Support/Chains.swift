import StrictJSON
import Tidemark
import TidemarkKinds

extension RandomID {
    /// An id that is the same in every test.
    package static var fixed: RandomID {
        var tens = ConstantGenerator(number: 0x0A0A_0A0A_0A0A_0A0A)
        return RandomID(using: &tens)
    }
}

private struct ConstantGenerator: RandomNumberGenerator {
    let number: UInt64

    mutating func next() -> UInt64 { number }
}

extension Header {
    package static func of(
        seq: Int64 = 2, kind: EntryKind = .snapshot, at: Timestamp = Stack.start, previous: ContentHash? = nil,
        body: String = "{}"
    ) throws -> Header {
        Header(
            environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: seq), at: at, kind: kind,
            actor: "arn:aws:iam::123456789012:user/release-bot", attempt: .fixed, log: seq == 0 ? .fixed : nil,
            previous: previous, body: ContentHash(of: body.utf8))
    }
}

extension ChainHead {
    /// The end of a chain that shows some facets.
    package static func of(
        _ facets: [FacetID: ContentHash] = [:], seq: Int64 = 1, binding: EnvironmentBinding
    ) throws -> ChainHead {
        let header = try Header.of(seq: seq)
        let state = ChainState(facets: facets, questions: SnapshotBody.Questions(hash: ContentHash(of: []), count: 0))
        return ChainHead(
            header: header, hash: ContentHash(of: header.text.utf8), log: .fixed, binding: binding, bindingSeq: .first,
            snapshot: header.seq,
            state: state, root: Root.hash(of: facets), running: [:])
    }
}

extension AppendedSnapshot {
    /// An observation that was appended after a chain that showed some facets.
    package static func of(
        _ observation: EnvironmentObservation, after facets: [FacetID: ContentHash] = [:], seq: Int64 = 2,
        release: Release? = nil
    ) throws -> AppendedSnapshot {
        let head = try ChainHead.of(facets, seq: seq - 1, binding: observation.binding)
        let recording = Recording(
            environment: head.header.environment, observation: observation, release: release, after: head.snapshot,
            attempt: .fixed)
        let images = KindRegistry.all.images
        return AppendedSnapshot(
            Proposal(recording, over: head, images: images, time: (Stack.start, .aws)), after: head)
    }
}

extension AppendedSnapshot {
    /// The entry as a list of entries shows it.
    package func logged() throws -> LoggedEntry {
        LoggedEntry(
            entry: entry,
            snapshot: LoggedEntry.Snapshot(
                body: try entry.snapshotBody(), questionCount: body.questionCount, gaps: body.gaps, root: body.root))
    }
}
