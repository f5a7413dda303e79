/// The facts about AWS's wire formats that come with the program.
enum WireTable {
    /// The lines of each service, found at the first call: a program that asks nothing of AWS reads nothing.
    private static let sections: [Substring: ArraySlice<Substring>] = {
        let text = Embedded.all.first { $0.path == "Wire/wire.txt" }?.text ?? ""
        let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
        let facts = lines.filter { !$0.hasPrefix("#") }
        let heads = facts.indices.filter { facts[$0].hasPrefix("service ") }
        let sections = zip(heads, heads.dropFirst() + [facts.endIndex]).map { facts[$0..<$1] }
        return Dictionary(uniqueKeysWithValues: sections.map { ($0[$0.startIndex].split(separator: " ")[1], $0) })
    }()

    private static let cache = Locked<[String: WireService]>([:])

    static var serviceNames: [String] { sections.keys.map(String.init).sorted() }

    static func service(named name: String) -> WireService? {
        if let known = cache.withLock({ $0[name] }) { return known }
        guard let lines = sections[name[...]], let service = WireService(lines) else { return nil }
        cache.withLock { $0[name] = service }
        return service
    }
}
