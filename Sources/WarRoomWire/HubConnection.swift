import Glibc
package import WarRoomCore
import WarRoomSystem

/// Why a connection to a hub does not work, in a sentence that says what to do next.
package enum HubConnectionFault: Error, Hashable, Sendable {
    /// Nobody listens, or nobody answers in time, with a sentence that says so: exit code 3.
    case noHub(String)
    /// Somebody listens and accepts nobody, with a sentence that says how long was waited: exit code 3.
    case busy(String)
    /// The hub has closed the connection.
    case closed
    /// Anything else, in a sentence.
    case broken(String)

    /// The fault in a sentence for people.
    package var sentence: String {
        switch self {
        case .noHub(let text), .busy(let text), .broken(let text): text
        case .closed: "the hub has closed the connection; see 'hub.log' in the state folder"
        }
    }
}

/// A client's end of the hub's socket: lines out, lines in. It is not Sendable, because it has one owner.
package final class HubConnection {
    /// For `poll`; non-blocking.
    package let descriptor: Int32
    private var incoming = LineBuffer(longest: HubConnection.longestLine)
    private var outgoing: [UInt8] = []
    /// What is read at a time; kept, so that a line allocates nothing.
    private var buffer = [UInt8](repeating: 0, count: 65_536)
    /// Until when ``next()`` waits.
    private var deadline = ContinuousClock.now + HubConnection.patience

    /// How long a hub is waited for: until it accepts, and until it answers (docs/contract.md, Exit codes).
    package static let patience = Duration.seconds(5)
    /// The longest line that is taken from a hub, in bytes (docs/contract.md, Lines and answers).
    package static let longestLine = 16_777_216
    /// How much is read at a time, so that a hub that never stops writing does not keep us from all else.
    private static let mostAtOnce = 1_048_576

    /// Connects to the socket at a path, and waits at most so long until it is accepted; with zero it does not wait.
    /// Throws `.noHub` where nobody listens there, `.busy` where nobody accepts, `.broken` for anything else.
    package init(path: String, patience: Duration = HubConnection.patience) throws(HubConnectionFault) {
        guard var address = UnixAddress(path) else {
            throw .broken("the socket's path is longer than \(UnixAddress.longestPath) bytes: \(path)")
        }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw .broken("no socket can be made: \(systemText(errno))") }
        if patience > .zero {
            // This is how long connect(2) waits where as many wait as the hub lets wait.
            var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
            setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        } else {
            _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        }
        let result = address.withPointer { connect(socket, $0, $1) }
        guard result == 0 else {
            let code = errno
            close(socket)
            switch code {
            case ENOENT, ECONNREFUSED:
                throw .noHub(
                    "no hub listens at \(path); start one with 'warroom open RUNBOOK' or 'warroom serve RUNBOOK'")
            case EAGAIN:
                let waited = patience > .zero ? " for \(patience.components.seconds) s" : ""
                throw .busy(
                    "the hub at \(path) has accepted nobody\(waited): it stands still, or too many want it at once")
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
        goesOn()
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
        while let line = incoming.nextLine() { lines.append(HubLine(understanding: try whole(line))) }
        if lines.isEmpty, !isOpen { throw .closed }
        return lines
    }

    /// What was waited for is coming: the wait for the rest of it begins anew, and lasts so long.
    package func goesOn(for patience: Duration = HubConnection.patience) { deadline = .now + patience }

    /// Waits for one line. Throws `.noHub` when the answer to what was sent last is not there in time, whatever else
    /// comes, and `.closed` at the end.
    package func next() throws(HubConnectionFault) -> HubLine { HubLine(understanding: try nextRaw()) }

    /// The same as ``next()``, as the bytes of the line without its newline.
    package func nextRaw() throws(HubConnectionFault) -> [UInt8] {
        while true {
            let left = deadline - ContinuousClock.now
            guard left > .zero else {
                throw .noHub(
                    "the hub does not answer, for \(HubConnection.patience.components.seconds) s; see 'hub.log' in the "
                        + "state folder")
            }
            if let line = incoming.nextLine() { return try whole(line) }
            var wait = pollfd(
                fd: descriptor, events: Int16(wantsWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)
            let milliseconds = Int32(clamping: left.nanosecondCount / 1_000_000 + 1)
            _ = poll(&wait, 1, milliseconds)
            if wait.revents & Int16(POLLOUT) != 0 { try flush() }
            if wait.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, try !fill(), !incoming.hasLine { throw .closed }
        }
    }

    /// Sends a line and returns the next one that comes. Throws as ``next()``.
    package func ask(_ json: JSON) throws(HubConnectionFault) -> HubLine {
        try send(json)
        return try next()
    }

    private func whole(_ line: LineBuffer.Line) throws(HubConnectionFault) -> [UInt8] {
        if let bytes = line.bytes { return bytes }
        throw .broken("the hub sends a line that is longer than \(HubConnection.longestLine) bytes; is this a hub?")
    }

    /// Reads what is there; returns whether the other end is still open.
    private func fill() throws(HubConnectionFault) -> Bool {
        var taken = 0
        while taken < HubConnection.mostAtOnce {
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                incoming.append(buffer[0..<count])
                taken += count
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
        return true
    }
}
