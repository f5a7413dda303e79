import AWSShapes

/// The shapes of one call, each parsed once.
struct WireShapes {
    let service: WireService
    private var cache: [String: WireShape] = [:]

    init(_ service: WireService) { self.service = service }

    /// Returns a shape.
    /// - Throws: `AWSError` if the table has no such shape, which a test rules out.
    mutating func shape(named name: String) throws(AWSError) -> WireShape {
        if let shape = cache[name] { return shape }
        guard let shape = service.shape(named: name) else {
            throw AWSError(reason: .invalid, message: "the wire table has no shape '\(name)' of \(service.name)")
        }
        cache[name] = shape
        return shape
    }
}
