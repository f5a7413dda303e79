import StrictJSON

extension Entry {
    /// What an entry of kind *snapshot* says.
    /// - Throws: `Failure` for a body that is none of a snapshot.
    public func snapshotBody() throws(Failure) -> SnapshotBody { try body("a snapshot", SnapshotBody.init(json:)) }

    /// What an entry of kind *binding* says.
    /// - Throws: `Failure` for a body that is none of a binding.
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
