internal import CCrypto

/// SHA-256, which libcrypto computes: the hash of the journal's chain, and what a runbook is known by.
package enum SHA256 {
    /// The digest of these bytes, in lower-case hex: 64 digits.
    package static func hex(of bytes: some Sequence<UInt8>) -> String {
        precondition(isReady, "libcrypto has no SHA-256")
        return bytes.withContiguousStorageIfAvailable { hex(of: $0) }
            ?? ContiguousArray(bytes).withUnsafeBufferPointer { hex(of: $0) }
    }

    private static func hex(of bytes: UnsafeBufferPointer<UInt8>) -> String {
        let length = Int(SHA256_DIGEST_LENGTH)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { digest in
            let done = CCrypto.SHA256(bytes.baseAddress, bytes.count, digest.baseAddress)
            precondition(done != nil, "libcrypto has no SHA-256")
            return String(unsafeUninitializedCapacity: 2 * length) { digits in
                for (place, byte) in digest.enumerated() {
                    digits[2 * place] = digit(byte >> 4)
                    digits[2 * place + 1] = digit(byte & 15)
                }
                return 2 * length
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The machine's openssl.cnf may switch algorithms off; a chain of hashes does not depend on it.
    private static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1
}
