import COpenSSL

/// HMAC with SHA-256 (RFC 2104), by OpenSSL.
package enum HMACSHA256 {
    /// Where libcurl has the same OpenSSL, a thread may still use it at exit: `CCurl.c` says why it must not be freed then.
    private static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    /// The authentication code of `message` under `key`: 32 bytes.
    package static func code(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        precondition(isReady)
        let input = Array(message)
        return [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { output, count in
            var length: UInt32 = 0
            precondition(
                HMAC(EVP_sha256(), key, Int32(key.count), input, input.count, output.baseAddress, &length) != nil)
            count = Int(length)
        }
    }
}
