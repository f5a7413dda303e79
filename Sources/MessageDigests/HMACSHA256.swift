import COpenSSL

/// HMAC with SHA-256 (RFC 2104), by OpenSSL.
package enum HMACSHA256 {
    /// The authentication code of `message` under `key`: 32 bytes.
    package static func code(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let input = Array(message)
        return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { output, count in
            var length: UInt32 = 0
            precondition(
                HMAC(EVP_sha256(), key, Int32(key.count), input, input.count, output.baseAddress, &length) != nil)
            count = Int(length)
        }
    }
}
