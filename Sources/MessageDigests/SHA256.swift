import COpenSSL

/// SHA-256 (FIPS 180-4), by OpenSSL.
public enum SHA256 {
    /// The length of a digest, in bytes.
    public static let byteCount = 32

    /// The digest of `bytes`: 32 bytes.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let input = Array(bytes)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            var length: UInt32 = 0
            // With these arguments the call fails only if memory runs out, where no result is right.
            precondition(EVP_Digest(input, input.count, output.baseAddress, &length, EVP_sha256(), nil) == 1)
            count = Int(length)
        }
    }
}

/// HMAC with SHA-256 (RFC 2104), by OpenSSL.
public enum HMACSHA256 {
    /// The authentication code of `message` under `key`: 32 bytes.
    public static func code(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let input = Array(message)
        return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { output, count in
            var length: UInt32 = 0
            precondition(
                HMAC(EVP_sha256(), key, Int32(key.count), input, input.count, output.baseAddress, &length) != nil)
            count = Int(length)
        }
    }
}
