import AWSShapes

/// The shapes that one call needs, each read from the table once.
struct WireShapes {
    let service: WireService
    private var known: [String: WireShape] = [:]

    init(_ service: WireService) { self.service = service }

    /// - Throws: Where the table has no such shape, which a test rules out.
    mutating func shape(named name: String) throws(AWSError) -> WireShape {
        if let shape = known[name] { return shape }
        guard let shape = service.shape(named: name) else {
            throw AWSError(kind: .invalid, message: "the wire table has no shape '\(name)' of \(service.name)")
        }
        known[name] = shape
        return shape
    }
}
