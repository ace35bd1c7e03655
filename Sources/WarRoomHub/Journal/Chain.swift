import WarRoomCore
import WarRoomDigest

/// The hash chain of the journal: each entry's hash covers the one before it (docs/contract.md, Entries and their
/// hash).
package enum Chain {
    /// The hash of an entry: lower-case hex SHA-256 of the previous hash, a newline and the entry's line without its
    /// hash.
    package static func hash(after previous: String, unhashedLine: [UInt8]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(previous.utf8.count + 1 + unhashedLine.count)
        bytes.append(contentsOf: previous.utf8)
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: unhashedLine)
        return SHA256.hex(of: bytes)
    }
}
