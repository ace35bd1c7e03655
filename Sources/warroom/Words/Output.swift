import Glibc
import WarRoomCore
import WarRoomSystem

/// What is said, on standard output and on standard error.
enum Output {
    /// A line of text, cleaned. Throws as ``write(_:)``.
    static func line(_ text: String) throws(Complaint) { try write(Array((CleanText.line(text) + "\n").utf8)) }

    /// All of the bytes; false where nobody reads them any more, which is the reader's wish and no error. Throws a
    /// ``Complaint`` where they are lost.
    @discardableResult
    static func write(_ bytes: [UInt8]) throws(Complaint) -> Bool {
        switch StandardStreams.write(bytes) {
        case .written: return true
        case .abandoned: return false
        case .failed(let reason): throw Complaint(Complaint.usage, "standard output cannot be written: \(reason)")
        }
    }

    /// A line of a complaint on standard error, with what cannot be seen named. Where that is lost the exit code is
    /// left.
    static func complain(_ line: String) {
        _ = StandardStreams.write(Array((CleanText.named(line) + "\n").utf8), to: STDERR_FILENO)
    }
}
