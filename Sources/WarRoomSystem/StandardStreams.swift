import Glibc

/// Standard input, output and error of this process, as both programs use them.
package enum StandardStreams {
    /// What became of bytes that were written.
    package enum Outcome: Hashable, Sendable {
        case written
        /// Nobody reads any more: the other end of the pipe is closed.
        case abandoned
        /// They are lost, with the system's words for why.
        case failed(String)
    }

    /// Makes the streams safe to use; called first of all. One that whoever started us has closed stays unusable but
    /// taken, or its number would be given to a file or a socket of ours, into which everything said would go. A reader
    /// that leaves is an error of the write, and no signal.
    package static func hold() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // Open the wrong way round: reading and writing fail as they did.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes all of the bytes, and waits for a reader that is slow. What has no reader any more is dropped.
    package static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) -> Outcome {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                // Somebody who shares it has made it non-blocking.
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&room, 1, -1)
            case EPIPE: return .abandoned
            case let code: return .failed(systemText(code))
            }
        }
        return .written
    }

    /// Whether nobody reads standard output any more, which a write would find.
    package static var isAbandoned: Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&output, 1, 0) > 0 && output.revents & Int16(POLLERR) != 0
    }
}
