import CZlib

/// Compressed bytes in one of two formats, by zlib.
package enum Deflate {
    /// The format of compressed bytes.
    package enum Format: Sendable {
        /// RFC 1950, with a checksum.
        case zlib
        /// RFC 1951, with a dictionary that both sides have: the bytes may refer to it.
        case raw(dictionary: [UInt8])

        /// The size of the window as zlib takes it: 32 KiB, negative for the raw format (zlib.h, `deflateInit2`).
        fileprivate var windowBits: Int32 {
            switch self {
            case .zlib: 15
            case .raw: -15
            }
        }
    }

    /// Compresses bytes.
    package static func compress(_ bytes: [UInt8], as format: Format) -> [UInt8] {
        var stream = z_stream()
        let (version, size) = (ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        // These calls fail only if memory runs out, or for arguments that cannot occur here.
        precondition(
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, format.windowBits, 9, Z_DEFAULT_STRATEGY, version, size)
                == Z_OK)
        defer { deflateEnd(&stream) }
        if case .raw(let dictionary) = format {
            precondition(deflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) == Z_OK)
        }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(bound))
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
            }
            count = bound - Int(stream.avail_out)
        }
    }

    /// The CRC-32 of bytes (RFC 1952, section 8).
    package static func checksum(of bytes: [UInt8]) -> UInt32 { UInt32(crc32_z(0, bytes, bytes.count)) }

    /// Decompresses bytes; nil unless they are whole and of exactly this size.
    package static func decompress(_ bytes: [UInt8], from format: Format, size: Int) -> [UInt8]? {
        decompress(bytes, from: format, atMost: size, expecting: size).flatMap { $0.count == size ? $0 : nil }
    }

    /// Decompresses bytes; nil unless they are whole, and not more than some.
    package static func decompress(_ bytes: [UInt8], from format: Format, atMost limit: Int) -> [UInt8]? {
        decompress(bytes, from: format, atMost: limit, expecting: min(limit, 4 * bytes.count))
    }

    /// - Parameter expected: The number of bytes that are decompressed at once.
    private static func decompress(
        _ bytes: [UInt8], from format: Format, atMost limit: Int, expecting expected: Int
    ) -> [UInt8]? {
        var stream = z_stream()
        guard
            inflateInit2_(&stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { inflateEnd(&stream) }
        if case .raw(let dictionary) = format,
            inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) != Z_OK
        {
            return nil
        }
        var (input, output) = (bytes, [UInt8]())
        return input.withUnsafeMutableBufferPointer { input in
            (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
            while output.count <= limit {
                // One byte more, so that longer contents are noticed.
                let room = min(expected, limit - output.count) + 1
                var code = Z_OK
                output += [UInt8](unsafeUninitializedCapacity: room) { part, count in
                    (stream.next_out, stream.avail_out) = (part.baseAddress, UInt32(room))
                    code = inflate(&stream, Z_NO_FLUSH)
                    count = room - Int(stream.avail_out)
                }
                if code == Z_STREAM_END { return stream.avail_in == 0 && output.count <= limit ? output : nil }
                guard code == Z_OK else { return nil }
            }
            return nil
        }
    }
}
