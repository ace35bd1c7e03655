import Crypto
import WarRoomCore

/// The hash chain of the journal: each entry's hash covers the one before it (docs/contract.md, Entries and their
/// hash).
package enum Chain {
    /// The hash of an entry: lower-case hex SHA-256 of the previous hash, a newline and the entry's line without its
    /// hash.
    package static func hash(after previous: String, unhashedLine: [UInt8]) -> String {
        var hasher = SHA256()
        hasher.update(data: Array(previous.utf8))
        hasher.update(data: [UInt8(ascii: "\n")])
        hasher.update(data: unhashedLine)
        let digits = Array("0123456789abcdef".utf8)
        var hex: [UInt8] = []
        hex.reserveCapacity(64)
        for byte in hasher.finalize() {
            hex.append(digits[Int(byte >> 4)])
            hex.append(digits[Int(byte & 15)])
        }
        return String(decoding: hex, as: UTF8.self)
    }
}
