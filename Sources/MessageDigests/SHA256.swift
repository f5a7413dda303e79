import COpenSSL

/// SHA-256 (FIPS 180-4), by OpenSSL.
package enum SHA256 {
    /// The length of a digest, in bytes.
    package static let byteCount = 32

    /// OpenSSL's implementation, looked up once: `EVP_sha256()` is looked up again at each use, which takes longer than to hash
    /// a small input. It is never freed, and OpenSSL does not change it.
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

    /// The digest of `bytes`: 32 bytes.
    package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable(hash) ?? Array(bytes).withUnsafeBufferPointer(hash)
    }

    private static func hash(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            // With these arguments the call fails only if memory runs out, where no result is right.
            precondition(EVP_Digest(input.baseAddress, input.count, output.baseAddress, &length, algorithm, nil) == 1)
            count = Int(length)
        }
    }
}
