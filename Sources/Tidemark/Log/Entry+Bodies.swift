import StrictJSON

extension Entry {
    /// Parses the body of an entry of kind *snapshot* or *checkpoint*. That of a checkpoint is as if no snapshot came before it.
    /// - Throws: `Failure` with the code `history` for another body, and `notFound` for one that was erased.
    public func snapshotBody() throws(Failure) -> SnapshotBody { try body("a snapshot", SnapshotBody.init(json:)) }

    /// Parses the binding in an entry of kind *binding* or *checkpoint*.
    /// - Throws: `Failure`, like `snapshotBody()`.
    public func bindingBody() throws(Failure) -> EnvironmentBinding {
        try body("a binding") { self.binding(in: $0).flatMap(EnvironmentBinding.init(json:)) }
    }

    /// The hash of that binding. That of a binding is in its header, and known even if the body was erased.
    package func bindingHash() throws(Failure) -> ContentHash {
        if header.kind == .binding { return header.body }
        return try body("a checkpoint") { self.binding(in: $0).map(ContentHash.init(of:)) }
    }

    private func binding(in body: JSON) -> JSON? { header.kind == .checkpoint ? body["binding"] : body }

    /// The newest release before a checkpoint, as the checkpoint repeats it; nil if there is none.
    package func releaseBefore() throws(Failure) -> RecordedRelease? {
        try body("a checkpoint") { body -> RecordedRelease?? in
            guard let release = body["released"] else { return .some(nil) }
            return RecordedRelease(json: release).map(Optional.some)
        }
    }

    /// Every note before a checkpoint, oldest first, as the checkpoint repeats them.
    package func notesBefore() throws(Failure) -> [RecordedNote] {
        try body("a checkpoint") { $0["notes"] == nil ? [] : $0.list("notes", of: RecordedNote.init(json:)) }
    }

    func body<Body>(_ kind: String, _ read: (JSON) -> Body?) throws(Failure) -> Body {
        guard let bodyText else {
            throw Failure(
                .notFound, "entry \(header.seq) of '\(header.environment)' cannot be read", why: "its body was erased")
        }
        guard let body = (try? JSON(parsing: bodyText)).flatMap(read) else {
            throw Failure(
                .history, "entry \(header.seq) of '\(header.environment)' cannot be read",
                why: "its body is not that of \(kind)", remedy: "use a newer tidemark")
        }
        return body
    }
}
