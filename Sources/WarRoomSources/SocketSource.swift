import Glibc
import WarRoomCore
import WarRoomSystem

/// Somebody else's Unix socket. Each look connects, sends a line if there is one, and reads JSON lines.
struct SocketSource: Source {
    private let address: String
    private let send: String?
    private let timeout: Duration
    private let wall: @Sendable () -> Instant
    /// Whether an answer counts for a time, so that what it leaves out is not at once unknown.
    private let isAged: Bool
    private var hasAnswered = false
    /// When answers spoke of what, last.
    private var mentioned: [String: Instant] = [:]

    init(
        address: String, send: String?, timeout: Duration, isAged: Bool = false,
        wall: @escaping @Sendable () -> Instant
    ) {
        self.isAged = isAged
        self.address = address
        self.send = send
        self.timeout = timeout
        self.wall = wall
    }

    /// None, because a service says what it has to say when it is asked.
    var watchedFolders: [String] { [] }

    mutating func look() throws(SourceFault) -> Look {
        // It ends a little before the bus gives up, so that the reason is still heard.
        let deadline = ContinuousClock.now + timeout * 9 / 10
        let connection = try connect(until: deadline)
        defer { close(connection) }
        if let send {
            try say(Array((send.hasSuffix("\n") ? send : send + "\n").utf8), on: connection, until: deadline)
        }
        let answer = try hear(connection, until: deadline)
        let now = wall()
        let findings = try findings(in: answer, now)
        hasAnswered = true
        return look(findings, now)
    }

    /// Each subject has the age of the last answer that spoke of it. Where no limit is set to that, a subject that an
    /// answer leaves out is gone with it.
    private mutating func look(_ found: [Finding], _ now: Instant) -> Look {
        var look = Look(findings: found, asOf: now)
        look.isWritten = true
        if !isAged { mentioned = [:] }
        for place in found.indices {
            let event = found[place].event
            guard let subject = event["subject"]?.text else { continue }
            let name = "\(event["type"]?.text ?? "") \(subject)"
            look.findings[place].rest = name
            mentioned[name] = now
        }
        for (name, last) in mentioned {
            look.rests[name] = Look.Rest(asOf: last, isWritten: last == now, isRead: last == now)
        }
        return look
    }

    private func connect(until deadline: ContinuousClock.Instant) throws(SourceFault) -> Int32 {
        guard var name = UnixAddress(address) else {
            throw SourceFault(
                "the address \(address) is longer than the \(UnixAddress.longestPath) bytes that a socket may have")
        }
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let connection = socket(AF_UNIX, kind, 0)
        guard connection >= 0 else { throw SourceFault("no socket: \(systemText(errno))") }
        while true {
            let result = name.withPointer { Glibc.connect(connection, $0, $1) }
            if result == 0 { return connection }
            let code = errno
            // EAGAIN is a full queue of callers, where a Unix socket has to be tried again.
            if code == EAGAIN || code == EINTR || code == EINPROGRESS || code == EALREADY,
                ContinuousClock.now < deadline
            {
                poll(nil, 0, 10)
                continue
            }
            if code == EISCONN { return connection }
            close(connection)
            throw fault(code)
        }
    }

    private func fault(_ code: Int32) -> SourceFault {
        switch code {
        case ENOENT where hasAnswered: SourceFault("the socket \(address) is gone")
        case ENOENT: SourceFault("the socket \(address) is not there", isAbsent: true)
        case ECONNREFUSED: SourceFault("nobody listens on \(address)")
        case EAGAIN: SourceFault("\(address) takes no connection within \(timeout.notation)")
        default: SourceFault("\(address) cannot be reached: \(systemText(code))")
        }
    }

    private func say(
        _ line: [UInt8], on connection: Int32, until deadline: ContinuousClock.Instant
    ) throws(SourceFault) {
        var rest = line[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent >= 0 {
                rest = rest.dropFirst(sent)
            } else if errno == EAGAIN {
                guard wait(connection, POLLOUT, until: deadline) else {
                    throw SourceFault("\(address) does not take what is sent within \(timeout.notation)")
                }
            } else if errno == EPIPE || errno == ECONNRESET {
                // It may have answered without listening, so what it said decides.
                return
            } else if errno != EINTR {
                throw SourceFault("\(address) cannot be written to: \(systemText(errno))")
            }
        }
    }

    /// Reads until the other side closes, or has said whole lines and then falls silent.
    private func hear(
        _ connection: Int32, until deadline: ContinuousClock.Instant
    ) throws(SourceFault) -> [UInt8] {
        let silence = min(timeout / 4, .milliseconds(500))
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let isWhole = answer.last == UInt8(ascii: "\n")
            let patience = isWhole ? min(deadline, ContinuousClock.now + silence) : deadline
            guard wait(connection, POLLIN, until: patience) else {
                if isWhole { return answer }
                throw SourceFault(
                    answer.isEmpty
                        ? "\(address) gives no answer within \(timeout.notation)"
                        : "\(address) stops in the middle of a line for \(timeout.notation)")
            }
            let got = chunk.withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
            if got > 0 {
                answer.append(contentsOf: chunk[..<got])
                guard answer.count <= SourceLimit.answerBytes else {
                    throw SourceFault("\(address) answers with more than \(SourceLimit.answerBytes >> 20) MB")
                }
            } else if got == 0 || errno == ECONNRESET {
                // A Unix socket that closes with our line unread resets the connection.
                return answer
            } else if errno != EAGAIN && errno != EINTR {
                throw SourceFault("\(address) cannot be read: \(systemText(errno))")
            }
        }
    }

    /// Whether something can be done before the deadline; at the end of the connection it can.
    private func wait(_ connection: Int32, _ what: Int32, until deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return false }
            var entry = pollfd(fd: connection, events: Int16(what), revents: 0)
            let milliseconds = min(left.nanosecondCount / 1_000_000 + 1, 60_000)
            if poll(&entry, 1, Int32(milliseconds)) > 0 { return true }
        }
    }

    private func findings(in answer: [UInt8], _ now: Instant) throws(SourceFault) -> [Finding] {
        var findings: [Finding] = []
        var number = 0
        let isWhole = answer.last == UInt8(ascii: "\n")
        let lines = answer.split(separator: UInt8(ascii: "\n"))
        for line in lines {
            number += 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            let value: JSON
            do throws(JSONFault) { value = try JSON(parsing: line) } catch {
                let isHalf = number == lines.count && !isWhole
                throw SourceFault(
                    isHalf
                        ? "\(address) closed in the middle of line \(number)"
                        : "\(address): line \(number) of the answer is \(error)")
            }
            let hash = contentHash(line)
            let events = value.array ?? [value]
            for (index, event) in events.enumerated() {
                guard event.object != nil else {
                    throw SourceFault("\(address): line \(number) of the answer is no event")
                }
                findings.append(
                    Finding(event: event, wallTime: now, fallbackID: fallbackID(now, hash, number, index)))
            }
        }
        if number == 0 { throw SourceFault("\(address) closed without an answer") }
        return findings
    }
}
