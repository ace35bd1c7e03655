internal import CCrypto

/// SHA-256, which libcrypto computes: the hash of the journal's chain, and what a runbook is known by.
package enum SHA256 {
    /// The digest of these bytes, in lower-case hex: 64 digits.
    package static func hex(of bytes: some Sequence<UInt8>) -> String {
        precondition(isReady, "libcrypto has no SHA-256")
        let bytes = ContiguousArray(bytes)
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            let done = bytes.withUnsafeBufferPointer { CCrypto.SHA256($0.baseAddress, $0.count, digest.baseAddress) }
            precondition(done != nil, "libcrypto has no SHA-256")
            count = Int(SHA256_DIGEST_LENGTH)
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The machine's openssl.cnf may switch algorithms off; a chain of hashes does not depend on it.
    private static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1
}
