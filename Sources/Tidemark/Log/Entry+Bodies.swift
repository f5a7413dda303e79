import StrictJSON

extension Entry {
    /// Parses the body of an entry of kind *snapshot*.
    /// - Throws: `Failure` with the code `history` for another body.
    public func snapshotBody() throws(Failure) -> SnapshotBody { try body("a snapshot", SnapshotBody.init(json:)) }

    /// Parses the body of an entry of kind *binding*.
    /// - Throws: `Failure` with the code `history` for another body.
    public func bindingBody() throws(Failure) -> EnvironmentBinding {
        try body("a binding", EnvironmentBinding.init(json:))
    }

    private func body<Body>(_ kind: String, _ read: (JSON) -> Body?) throws(Failure) -> Body {
        guard let body = (try? JSON(parsing: bodyText)).flatMap(read) else {
            throw Failure(
                .history, "entry \(header.seq) of '\(header.environment)' cannot be read",
                why: "its body is not that of \(kind)", remedy: "use a newer tidemark")
        }
        return body
    }
}
