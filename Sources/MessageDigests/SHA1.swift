import COpenSSL

/// SHA-1 (FIPS 180-4), by OpenSSL. It is used for file names that other programs make with it, never for security.
package enum SHA1 {
    private static let byteCount = 20

    /// The digest of `bytes`: 20 bytes.
    package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let input = Array(bytes)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            // The call fails only if memory runs out, like that of SHA-256.
            precondition(EVP_Digest(input, input.count, output.baseAddress, &length, EVP_sha1(), nil) == 1)
            count = Int(length)
        }
    }
}
