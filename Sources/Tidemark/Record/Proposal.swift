import StrictJSON

/// The entries and contents that a recording adds to a chain. A store adopts all of them, or none.
package struct Proposal: Sendable {
    /// A snapshot, and before it a binding if there is none yet or it changed.
    package private(set) var entries: [Entry] = []
    package let delta: Delta
    package let recording: Recording

    /// - Parameters:
    ///   - head: The end of the chain; nil for a new one.
    ///   - time: When the entries are appended, and by which clock.
    package init(
        _ recording: Recording, over head: ChainHead?, images: ImageIndex, time: (at: Timestamp, clock: EntryClock)
    ) {
        self.recording = recording
        delta = Delta(
            recording.observation, over: head?.state ?? ChainState(), root: head?.root, release: recording.release,
            key: recording.signed?.contents ?? [:], late: recording.late)
        let at = head.map { time.at.raised(to: $0.header.at) } ?? time.at
        let runsOthers = delta.changes(running: head?.running ?? [:], recording.observation, images)

        var last = head.map { (header: $0.header, hash: $0.hash) }
        func append(_ kind: EntryKind, _ body: JSON) {
            let text = body.canonical
            let seq = last?.header.seq.next ?? .first
            let isSnapshot = kind == .snapshot
            let header = Header(
                environment: recording.environment, seq: seq, at: at, clock: time.clock, kind: kind,
                actor: recording.caller, attempt: recording.attempt, log: last == nil ? recording.newLog : nil,
                newestRelease: isSnapshot && recording.release != nil ? seq : last?.header.newestRelease,
                newestRun: isSnapshot && runsOthers ? seq : last?.header.newestRun,
                newestNote: last?.header.newestNote, previous: last?.hash, body: ContentHash(of: text.utf8))
            let entry = Entry(header: header, bodyText: text)
            entries.append(entry)
            last = (header, entry.hash)
        }
        if head?.binding != recording.observation.binding { append(.binding, recording.observation.binding.json) }
        append(.snapshot, delta.body.json)
    }

    /// The entry of the snapshot, which is the last one.
    package var snapshot: Entry { entries[entries.count - 1] }
    /// The entries, each with the contents that the state before it lacks.
    /// - Parameter head: The end of the chain that was passed to `init`.
    package func exported(over head: ChainHead?) -> [ExportedEntry] {
        let lacked = Set(delta.body.contents).subtracting(head?.state.contents ?? [])
        let contents = delta.contents.filter { lacked.contains($0.key) }.mapValues {
            String(decoding: $0, as: UTF8.self)
        }
        return entries.map { entry in
            ExportedEntry(entry: entry, contents: entry.header.kind == .snapshot ? contents : [:])
        }
    }

    /// Whether a binding comes before the snapshot.
    package var bindsAnew: Bool { entries.count > 1 }
}

extension Timestamp {
    /// The most by which clocks of recorders and of AWS's services differ: `Date` has whole seconds, and walks overlap.
    private static let tolerance: Int64 = 5 * 60 * 1000

    /// The time of the entry before if that is only a little later, so that times do not go back; else its own time: the other
    /// one is wrong.
    func raised(to previous: Timestamp) -> Timestamp {
        let ahead = previous.millisecondsSince1970 - millisecondsSince1970
        return ahead > 0 && ahead <= Self.tolerance ? previous : self
    }
}

extension Delta {
    /// Whether other images run than before.
    fileprivate func changes(
        running before: [FacetID: [ImageReference]], _ observation: EnvironmentObservation, _ images: ImageIndex
    ) -> Bool {
        body.changes.contains { change in
            guard change.facet.name == Snapshot.description,
                let definition = images[change.facet.resource.kind], definition.vantage == .running
            else { return false }
            let content = observation.facets[change.facet] ?? nil
            let after = content.map { definition.find(change.facet.resource.identity, $0) } ?? []
            return after != before[change.facet] ?? []
        }
    }
}
