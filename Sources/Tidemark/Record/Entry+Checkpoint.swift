import StrictJSON

extension Entry {
    /// Creates a checkpoint at the end of a chain: an entry that repeats the state, its binding, the newest release and the notes, so
    /// that no entry before it is needed.
    ///
    /// Nil for a chain without a snapshot under its newest binding.
    /// - Parameters:
    ///   - newest: The body of the newest entry that shows the state.
    ///   - release: The newest release; nil if there is none.
    ///   - notes: Every note, oldest first.
    ///   - log: The id of the log.
    ///   - time: When the entry is appended, and by which clock.
    package init?(
        checkpointAfter head: ChainHead, newest: SnapshotBody, release: RecordedRelease?, notes: [RecordedNote],
        log: RandomID,
        actor: String?, attempt: RandomID, time: (at: Timestamp, clock: EntryClock)
    ) {
        guard head.snapshot != nil, head.state.binding == ContentHash(of: head.binding.json) else { return nil }
        let state = SnapshotBody(from: ChainState(), to: head.state, like: newest, root: .changed(head.root))
        var body = state.json.object ?? JSONObject()
        body["binding"] = head.binding.json
        body["released"] = release?.json
        if !notes.isEmpty { body["notes"] = .array(notes.map(\.json)) }
        let text = JSON.object(body).canonical
        let header = Header(
            environment: head.header.environment, seq: head.header.seq.next, at: time.at.raised(to: head.header.at),
            clock: time.clock, kind: .checkpoint, isNeeded: true, actor: actor, attempt: attempt, log: log,
            newestRelease: head.header.newestRelease, newestRun: head.header.newestRun,
            newestNote: head.header.newestNote, previous: head.hash, body: ContentHash(of: text.utf8))
        self.init(header: header, bodyText: text)
    }
}
