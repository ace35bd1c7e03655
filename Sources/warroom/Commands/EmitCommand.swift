import Glibc
import WarRoomCore
import WarRoomSystem
import WarRoomTerminal
import WarRoomWire

extension Command {
    static let emit = Command(
        usage: Usage(
            command: "emit", abstract: "Send events, one a line; an answer line each; exit code 1 if any was refused",
            positionals: [.init(name: "FILE", help: "left out or -, standard input", isOptional: true)],
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        var input = STDIN_FILENO
        if let file = arguments["FILE"], file != "-" {
            input = Glibc.open(file, O_RDONLY | O_CLOEXEC)
            guard input >= 0 else {
                throw Complaint(Complaint.usage, "\(file) cannot be read: \(systemText(errno))")
            }
        }
        let connection = try HubConnection.meant(by: arguments["--socket"]).connection
        let name = input == STDIN_FILENO ? "standard input" : arguments.need("FILE")
        var emission = Emission(connection: connection, input: input, name: name)
        try emission.run()
        if emission.refused > 0 { throw Complaint(Complaint.refused, emission.verdict) }
    }
}

/// Lines from a file to the hub, with many in flight, and the answers in the order of the lines.
private struct Emission {
    /// How many may wait for their answers: enough for the hub to commit in groups, and few enough for memory.
    static let mostInFlight = 1000

    /// What the next answer line is.
    private enum Expected {
        case fromHub
        /// It is refused here, because it could not have been sent.
        case known(String)
    }

    private let connection: HubConnection
    private let input: Int32
    private var lines = LineBuffer()
    /// What the input is called, and why it could not be read to its end.
    private let name: String
    private var unreadable: String?
    /// Since when an answer is due.
    private var waitsSince: ContinuousClock.Instant?
    private var isAtEnd = false
    private var expected: [Expected] = []
    private var firstExpected = 0
    private var inFlight = 0
    private(set) var refused = 0
    private var answered = 0
    private var out: [UInt8] = []

    init(connection: HubConnection, input: Int32, name: String) {
        self.connection = connection
        self.name = name
        self.input = input
    }

    var verdict: String { "\(refused) of \(answered) refused; the answer lines say why" }

    mutating func run() throws(Complaint) {
        while true {
            do throws(HubConnectionFault) { try takeLines() } catch { throw try complaint(of: error) }
            answerKnown()
            try write()
            if isAtEnd && inFlight == 0 && !lines.hasLine { break }
            do throws(HubConnectionFault) { try wait() } catch { throw try complaint(of: error) }
        }
        if let unreadable {
            throw Complaint(Complaint.usage, "\(name) cannot be read: \(unreadable), after \(answered) lines")
        }
    }

    /// What a fault of the connection is to whoever emits; the answers that came before it are written first.
    private mutating func complaint(of fault: HubConnectionFault) throws(Complaint) -> Complaint {
        try write()
        if case .closed = fault {
            return Complaint(
                Complaint.noHub, "the hub ended after \(answered) answers; start it and emit the rest again")
        }
        return Complaint(fault)
    }

    /// Sends the lines that are there, as many as may be in flight.
    private mutating func takeLines() throws(HubConnectionFault) {
        while inFlight < Emission.mostInFlight, let line = lines.next() { try take(line) }
        if lines.pendingCount > 16 * Event.longestLine, !lines.hasLine {
            throw .broken(
                "a line is longer than \(16 * Event.longestLine) bytes; an event has at most \(Event.longestLine)")
        }
    }

    private mutating func take(_ line: [UInt8]) throws(HubConnectionFault) {
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        let event: JSON
        do throws(JSONFault) { event = try JSON(parsing: line) } catch { return refuse(nil, error.description) }
        guard var object = event.object, object["type"] != nil else {
            return refuse(event["id"]?.text, "'type' is missing")
        }
        var bytes = line
        if object["id"] == nil {
            object["id"] = .string(EventID.next())
            bytes = []
            JSON.object(object).write(to: &bytes)
        }
        if bytes.count > Event.longestLine {
            return refuse(object["id"]?.text, "the line is longer than \(Event.longestLine) bytes")
        }
        expected.append(.fromHub)
        inFlight += 1
        try connection.send(raw: bytes)
    }

    private mutating func refuse(_ id: String?, _ reason: String) {
        expected.append(.known(Emission.line(id: id, ok: false, entry: nil, error: reason)))
        refused += 1
    }

    /// Sleeps until there is something to read on either side.
    private mutating func wait() throws(HubConnectionFault) {
        let wantsInput = !isAtEnd && inFlight < Emission.mostInFlight
        var ready = [
            pollfd(fd: wantsInput ? input : -1, events: Int16(POLLIN), revents: 0),
            pollfd(
                fd: connection.descriptor, events: Int16(connection.wantsWrite ? POLLIN | POLLOUT : POLLIN),
                revents: 0),
        ]
        let limit = HubConnection.patience
        if inFlight > 0, waitsSince == nil { waitsSince = .now }
        let left = waitsSince.map { limit - ($0.duration(to: .now)) }
        if let left, left <= .zero {
            throw .noHub("the hub has answered nothing for \(limit.components.seconds) s, after \(answered) answers")
        }
        let milliseconds = left.map { Int32(clamping: $0.nanosecondCount / 1_000_000 + 1) } ?? -1
        guard poll(&ready, 2, milliseconds) > 0 else { return }
        if ready[1].revents & Int16(POLLOUT) != 0 { try connection.flush() }
        if ready[1].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
            for line in try connection.receive() {
                switch line {
                case .answer(let answer): take(answer)
                case .unreadable(let reason): throw .broken(reason)
                default: break
                }
            }
        }
        if ready[0].revents != 0 { readInput() }
    }

    private mutating func readInput() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(input, &buffer, buffer.count)
        if count > 0 {
            lines.append(buffer[0..<count])
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            if count < 0 { unreadable = systemText(errno) }
            isAtEnd = true
            // A last line without its newline is a line.
            if lines.pendingCount > 0 && !lines.hasLine { lines.append([UInt8(ascii: "\n")]) }
        }
    }

    // MARK: Answers

    private mutating func take(_ answer: Answer) {
        answerKnown()
        guard firstExpected < expected.count else { return }
        firstExpected += 1
        inFlight -= 1
        waitsSince = inFlight > 0 ? .now : nil
        if !answer.ok { refused += 1 }
        say(Emission.line(id: answer.id, ok: answer.ok, entry: answer.entry, error: answer.error))
    }

    /// Says what is known, up to the next answer that only the hub can give.
    private mutating func answerKnown() {
        while firstExpected < expected.count, case .known(let line) = expected[firstExpected] {
            firstExpected += 1
            say(line)
        }
        if firstExpected > 10_000 {
            expected.removeFirst(firstExpected)
            firstExpected = 0
        }
    }

    private mutating func say(_ line: String) {
        answered += 1
        out.append(contentsOf: line.utf8)
        out.append(UInt8(ascii: "\n"))
    }

    /// Whoever reads our answers may go. What is under way is sent all the same.
    private mutating func write() throws(Complaint) {
        try Output.write(out)
        out.removeAll(keepingCapacity: true)
    }

    /// An answer as the hub writes it (docs/contract.md, Lines and answers).
    private static func line(id: String?, ok: Bool, entry: Int?, error: String?) -> String {
        var line = "{\"ok\":\(ok),\"id\":\(JSON.text(id).line)"
        if let entry { line += ",\"entry\":\(entry)" }
        if let error { line += ",\"error\":\(JSON.string(error).line)" }
        return line + "}"
    }
}
