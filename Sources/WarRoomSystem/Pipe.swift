import Glibc

/// A pipe of this process. A program that is started has neither end of it, unless it is given one.
package struct Pipe: Sendable {
    /// The descriptor of the end to read from.
    package let reading: Int32
    /// The descriptor of the end to write to.
    package let writing: Int32

    /// A new pipe; `nil` where none can be made, and `errno` says why.
    package init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Puts a byte in, so that whoever waits at the other end goes on. A signal's handler may call it.
    package func ring() {
        var byte: UInt8 = 1
        _ = write(writing, &byte, 1)
    }

    /// Waits for a byte, on the calling thread; `false` where no more will come.
    package func wait() -> Bool {
        var byte: UInt8 = 0
        while true {
            let count = read(reading, &byte, 1)
            if count == 1 { return true }
            if count == 0 || errno != EINTR { return false }
        }
    }

    /// Closes both ends.
    package func close() {
        for end in [reading, writing] { Glibc.close(end) }
    }
}
