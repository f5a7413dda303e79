/// Runs a closure for each element, eight at a time, in their order.
/// - Throws: What the closure throws for the first element for which it throws. Later elements may have been visited then.
package func forEachConcurrently<Element: Sendable>(
    _ elements: some Collection<Element>, _ body: @escaping @Sendable (Element) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: (index: Int, error: (any Error)?).self) { group in
        var (rest, first) = (Array(elements.enumerated())[...], (index: Int, error: any Error)?.none)
        func start() {
            guard first == nil, let (index, element) = rest.popFirst() else { return }
            group.addTask {
                do {
                    try await body(element)
                    return (index, nil)
                } catch {
                    return (index, error)
                }
            }
        }
        for _ in 0..<8 { start() }
        while let (index, error) = try await group.next() {
            if let error, index < first?.index ?? .max { first = (index, error) }
            start()
        }
        if let first { throw first.error }
    }
}
