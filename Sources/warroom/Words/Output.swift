import Glibc
import WarRoomCore

/// What is said, on standard output and on standard error.
enum Output {
    /// A line of text, cleaned.
    static func line(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        write(Array((CleanText.line(text) + "\n").utf8), to: descriptor)
    }

    /// All of the bytes, unless nobody reads any more.
    static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }
}
