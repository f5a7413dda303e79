import Locking

/// The facts about AWS's wire formats, embedded in the program.
package enum WireTable {
    /// The text of each service, located at the first call: a program that calls no operation parses nothing.
    private static let sections: [Substring: Substring] = {
        var text = Embedded.all.first { $0.path == "wire.txt" }?.text ?? ""
        let starts = text.withUTF8(serviceLines).map { text.utf8.index(text.startIndex, offsetBy: $0) }
        let sections = zip(starts, starts.dropFirst() + [text.endIndex]).map { text[$0..<$1] }
        return Dictionary(uniqueKeysWithValues: sections.map { ($0.split(separator: " ", maxSplits: 2)[1], $0) })
    }()

    /// The offsets of lines that start with the word `service`; other lines are not inspected.
    private static func serviceLines(in text: UnsafeBufferPointer<UInt8>) -> [Int] {
        let mark = "\nservice ".utf8
        return text.indices.filter { text[$0] == UInt8(ascii: "\n") && text[$0...].starts(with: mark) }.map { $0 + 1 }
    }

    private static let cache = Locked<[String: WireService]>([:])

    package static var serviceNames: [String] { sections.keys.map(String.init).sorted() }

    package static func service(named name: String) -> WireService? {
        if let known = cache.withLock({ $0[name] }) { return known }
        guard let section = sections[name[...]] else { return nil }
        let lines = section.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
        guard let service = WireService(lines[...]) else { return nil }
        cache.withLock { $0[name] = service }
        return service
    }
}
