import WarRoomCore
import WarRoomDigest

/// The hash chain of the journal (CONTRACT 4): each entry's hash covers the one before it.
package enum Chain {
    /// Lower-case hex SHA-256 of the previous hash, a newline and the entry's line without its hash.
    package static func hash(after previous: String, unhashedLine: [UInt8]) -> String {
        SHA256.hex(of: Array(previous.utf8) + [UInt8(ascii: "\n")] + unhashedLine)
    }
}
