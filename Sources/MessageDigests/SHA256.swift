import COpenSSL

/// SHA-256 (FIPS 180-4), by OpenSSL.
package enum SHA256 {
    /// The length of a digest, in bytes.
    package static let byteCount = 32

    /// The digest of `bytes`: 32 bytes.
    package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let input = Array(bytes)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            // With these arguments the call fails only if memory runs out, where no result is right.
            precondition(EVP_Digest(input, input.count, output.baseAddress, &length, EVP_sha256(), nil) == 1)
            count = Int(length)
        }
    }
}
