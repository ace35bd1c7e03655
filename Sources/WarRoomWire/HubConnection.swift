import Glibc
package import WarRoomCore
import WarRoomSystem

/// Why a connection to a hub does not work, in a sentence that says what to do next.
package enum HubConnectionFault: Error, Hashable, Sendable {
    /// Nobody listens, or nobody answers in time, with a sentence that says so: exit code 3.
    case noHub(String)
    /// The hub has closed the connection.
    case closed
    /// Anything else, in a sentence.
    case broken(String)

    /// The fault in a sentence for people.
    package var sentence: String {
        switch self {
        case .noHub(let text), .broken(let text): text
        case .closed: "the hub has closed the connection; see 'hub.log' in the state folder"
        }
    }
}

/// A client's end of the hub's socket: lines out, lines in. It is not Sendable, because it has one owner.
package final class HubConnection {
    /// For `poll`; non-blocking.
    package let descriptor: Int32
    private var incoming = LineBuffer()
    private var outgoing: [UInt8] = []

    /// Connects to the socket at a path. Throws `.noHub` where nobody listens there, `.broken` for anything else.
    package init(path: String) throws(HubConnectionFault) {
        guard var address = UnixAddress(path) else {
            throw .broken("the socket's path is longer than \(UnixAddress.longestPath) bytes: \(path)")
        }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw .broken("no socket can be made: \(systemText(errno))") }
        let result = address.withPointer { connect(socket, $0, $1) }
        guard result == 0 else {
            let code = errno
            close(socket)
            switch code {
            case ENOENT, ECONNREFUSED:
                throw .noHub(
                    "no hub listens at \(path); start one with 'warroom open RUNBOOK' or 'warroom serve RUNBOOK'")
            case EACCES: throw .broken("\(path) may not be used by this user; ask whoever started the hub")
            default: throw .broken("\(path): \(systemText(code))")
            }
        }
        _ = fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK)
        descriptor = socket
    }

    deinit { close(descriptor) }

    /// Whether something waits for room in the socket: `poll` for writing, then ``flush()``.
    package var wantsWrite: Bool { !outgoing.isEmpty }

    /// Queues a line and writes what the socket takes. Throws `.closed` or `.broken` where the connection has failed.
    package func send(_ json: JSON) throws(HubConnectionFault) {
        json.write(to: &outgoing)
        outgoing.append(UInt8(ascii: "\n"))
        try flush()
    }

    /// Queues a line as another program wrote it, without its newline, and writes what the socket takes. Throws as
    /// ``send(_:)``.
    package func send(raw line: some Collection<UInt8>) throws(HubConnectionFault) {
        outgoing.append(contentsOf: line)
        outgoing.append(UInt8(ascii: "\n"))
        try flush()
    }

    /// Writes what the socket takes. Throws as ``send(_:)``.
    package func flush() throws(HubConnectionFault) {
        while !outgoing.isEmpty {
            let written = Glibc.send(descriptor, outgoing, outgoing.count, Int32(MSG_NOSIGNAL))
            if written > 0 {
                outgoing.removeFirst(written)
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                throw errno == EPIPE || errno == ECONNRESET ? .closed : .broken(systemText(errno))
            }
        }
    }

    /// All complete lines that are there now; it never waits. Throws `.closed` at the end, after the last line has been
    /// given out.
    package func receive() throws(HubConnectionFault) -> [HubLine] {
        let isOpen = try fill()
        var lines: [HubLine] = []
        while let line = incoming.next() { lines.append(understood(line)) }
        if lines.isEmpty, !isOpen { throw .closed }
        return lines
    }

    /// Waits for one line, at most so long by the monotonic clock. Throws `.noHub` when none comes in time, `.closed`
    /// at the end.
    package func next(timeout: Duration) throws(HubConnectionFault) -> HubLine {
        understood(try nextRaw(timeout: timeout))
    }

    /// The same as ``next(timeout:)``, as the bytes of the line without its newline.
    package func nextRaw(timeout: Duration) throws(HubConnectionFault) -> [UInt8] {
        let end = ContinuousClock.now + timeout
        while true {
            if let line = incoming.next() { return line }
            let left = end - ContinuousClock.now
            guard left > .zero else { throw .noHub("the hub does not answer; see 'hub.log' in the state folder") }
            var wait = pollfd(
                fd: descriptor, events: Int16(wantsWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)
            let milliseconds = Int32(clamping: left.nanosecondCount / 1_000_000 + 1)
            _ = poll(&wait, 1, milliseconds)
            if wait.revents & Int16(POLLOUT) != 0 { try flush() }
            if wait.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, try !fill(), !incoming.hasLine { throw .closed }
        }
    }

    /// Sends a line and returns the next one that comes. Throws as ``next(timeout:)``.
    package func ask(_ json: JSON, timeout: Duration = .seconds(5)) throws(HubConnectionFault) -> HubLine {
        try send(json)
        return try next(timeout: timeout)
    }

    private func understood(_ line: [UInt8]) -> HubLine {
        // A line that cannot be understood is no reason to end: it is kept as what it is.
        (try? HubLine(line)) ?? .other(.string(String(decoding: line, as: UTF8.self)))
    }

    /// Reads what is there; returns whether the other end is still open.
    private func fill() throws(HubConnectionFault) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                incoming.append(buffer[0..<count])
                if count < buffer.count { return true }
            } else if count == 0 {
                return false
            } else if errno == EAGAIN {
                return true
            } else if errno == ECONNRESET {
                return false
            } else if errno != EINTR {
                throw .broken(systemText(errno))
            }
        }
    }
}
