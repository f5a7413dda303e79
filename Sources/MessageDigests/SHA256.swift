import COpenSSL

/// SHA-256 (FIPS 180-4), by OpenSSL.
package enum SHA256 {
    /// The length of a digest, in bytes.
    package static let byteCount = 32

    /// The digest of `bytes`: 32 bytes.
    package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable(hash) ?? Array(bytes).withUnsafeBufferPointer(hash)
    }

    private static func hash(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            // `EVP_Digest` loads OpenSSL's configuration and providers at its first use: 6 of the 65 million instructions of
            // `tidemark log`. These functions cannot fail with a state of their own.
            var state = SHA256_CTX()
            SHA256_Init(&state)
            SHA256_Update(&state, input.baseAddress, input.count)
            SHA256_Final(output.baseAddress, &state)
            count = byteCount
        }
    }
}
