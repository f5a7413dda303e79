/// A line of the wire table: words, some of them `key=value`.
struct WireLine {
    private let words: [Substring]

    init(_ line: Substring) { words = line.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) } }

    func word(_ index: Int) -> String? { index < words.count ? String(words[index]) : nil }
    func type(_ index: Int) -> WireType? { index < words.count ? WireType(words[index]) : nil }
    func has(_ word: Substring) -> Bool { words.dropFirst(2).contains(word) }

    func value(_ key: String) -> String? {
        let mark = "\(key)=".utf8
        return words.first { $0.utf8.starts(with: mark) }.map { String(Substring($0.utf8.dropFirst(mark.count))) }
    }
}
