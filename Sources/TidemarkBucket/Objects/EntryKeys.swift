import StrictJSON
import Tidemark

/// The keys of an environment's entries: `PREFIX/ENVIRONMENT/entries/000000000042`.
///
/// They sort by number. Two names of environments that differ in a byte have different keys.
package struct EntryKeys: Sendable {
    /// The environment.
    package let environment: EnvironmentName
    /// The part that all keys of the environment begin with.
    let root: String

    private static let digitCount = 12

    /// - Parameter prefix: The part of the keys before the environment; empty for none.
    package init(prefix: String, environment: EnvironmentName) {
        self.environment = environment
        root = "\(Self.folder(prefix))\(Self.encode(environment.rawValue))/"
    }

    /// The part that the keys of all entries begin with.
    package var folder: String { root + "entries/" }

    /// The key of an entry.
    package subscript(seq: Seq) -> String { folder + Self.digits(seq.rawValue) }

    /// A number with twelve digits.
    static func digits(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, digitCount - digits.count)) + digits
    }

    /// The number of the entry with a key; nil for another key.
    package func seq(of key: String) -> Seq? {
        guard let number = Int64(key.suffix(Self.digitCount)) else { return nil }
        let seq = Seq(rawValue: number)
        return self[seq].isIdenticalText(to: key) ? seq : nil
    }

    /// The environment of an entry's key; nil for another key.
    static func environment(of key: String, prefix: String) -> EnvironmentName? {
        let folder = EntryKeys.folder(prefix)
        guard key.hasPrefix(folder), let part = key.dropFirst(folder.count).split(separator: "/").first,
            let name = decode(part), let environment = try? EnvironmentName(name),
            EntryKeys(prefix: prefix, environment: environment).seq(of: key) != nil
        else { return nil }
        return environment
    }

    /// The part that the keys of all environments begin with.
    package static func folder(_ prefix: String) -> String {
        prefix.isEmpty || prefix.hasSuffix("/") ? prefix : prefix + "/"
    }

    private static func decode(_ text: Substring) -> String? {
        var (bytes, rest) = ([UInt8](), text.utf8[...])
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    static func encode(_ name: String) -> String { EnvironmentName.percentEncoding(of: name) }
}
