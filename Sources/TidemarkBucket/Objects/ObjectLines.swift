import Deflate

/// The lines of an object, each with an end, in zlib (RFC 1950).
enum ObjectLines {
    /// The most bytes of an object's lines.
    static let maximumSize = 64 << 20
    /// The most lines of an object.
    static let maximumCount = 110_000

    private static let newline = UInt8(ascii: "\n")

    /// Compresses lines; nil for more than an object may have.
    static func encode(_ lines: [String]) -> [UInt8]? {
        guard lines.count <= maximumCount, size(of: lines) <= maximumSize else { return nil }
        var bytes: [UInt8] = []
        for line in lines {
            bytes += line.utf8
            bytes.append(newline)
        }
        return Deflate.compress(bytes, as: .zlib)
    }

    /// The number of bytes of lines with their ends.
    static func size(of lines: [String]) -> Int { lines.reduce(0) { $0 + $1.utf8.count + 1 } }

    /// Decompresses lines.
    static func decode<Failure: Error>(
        _ bytes: [UInt8], _ damaged: (String) -> Failure
    ) throws(Failure) -> [String] {
        guard let plain = Deflate.decompress(bytes, from: .zlib, atMost: maximumSize) else {
            throw damaged("it is not zlib data of at most \(maximumSize) bytes")
        }
        guard plain.last == newline else { throw damaged("its last line has no end") }
        let slices = plain.dropLast().split(
            separator: newline, maxSplits: maximumCount, omittingEmptySubsequences: false)
        guard slices.count <= maximumCount else { throw damaged("it has more than \(maximumCount) lines") }
        var lines: [String] = []
        for slice in slices {
            guard let line = String(validating: slice, as: UTF8.self) else { throw damaged("it is not UTF-8") }
            lines.append(line)
        }
        return lines
    }
}
