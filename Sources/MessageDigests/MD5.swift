import COpenSSL

/// MD5 (RFC 1321), by OpenSSL. It is used where S3 verifies with it that a body arrived unchanged, never for security.
package enum MD5 {
    private static let byteCount = 16

    /// The digest of `bytes`: 16 bytes. Nil where the system's policy forbids MD5, as in FIPS mode.
    package static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        let input = Array(bytes)
        var isDone = false
        let digest = [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            isDone = EVP_Digest(input, input.count, output.baseAddress, &length, EVP_md5(), nil) == 1
            count = isDone ? Int(length) : 0
        }
        return isDone ? digest : nil
    }
}
