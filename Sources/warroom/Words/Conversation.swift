import WarRoomCore
import WarRoomScreen
import WarRoomTerminal
import WarRoomWire

/// A command's talk with a hub: one thing asked, one answer awaited.
struct Conversation {
    let connection: HubConnection
    private var attachment = Attachment()

    /// Takes a connection on which a subscription has been asked for.
    init(_ connection: HubConnection) { self.connection = connection }

    /// Connects to the hub that is meant.
    init(socket: String?) throws(Complaint) { connection = try HubConnection.meant(by: socket).connection }

    func send(_ json: JSON) throws(Complaint) {
        do throws(HubConnectionFault) { try connection.send(json) } catch { throw Complaint(error) }
    }

    /// The next line. What cannot be read is said, and not passed over.
    func next() throws(Complaint) -> HubLine { try nextRaw().1 }

    /// The next line, as it came and as it is understood.
    func nextRaw() throws(Complaint) -> ([UInt8], HubLine) {
        let bytes: [UInt8]
        do throws(HubConnectionFault) { bytes = try connection.nextRaw() } catch { throw Complaint(error) }
        let line = HubLine(understanding: bytes)
        if case .unreadable(let reason) = line { throw Complaint(Complaint.refused, reason) }
        return (bytes, line)
    }

    /// The document of `status --json`, now or as of a time.
    func status(at time: Instant?) throws(Complaint) -> JSON {
        try send(Requests.status(at: time))
        while true {
            switch try next() {
            case .status(let document): return document
            case .answer(let answer): throw refusal(answer)
            default: break
            }
        }
    }

    /// Waits for the bridge that was asked for.
    mutating func openedBridge() throws(Complaint) -> Bridge {
        while true {
            let line = try next()
            // More of what was asked for follows.
            if case .bridge = line { connection.goesOn() }
            for news in attachment.take(line, monotonic: .zero) {
                switch news {
                case .opened: if let bridge = attachment.bridge { return bridge }
                case .answer(let answer) where !answer.ok: throw refusal(answer)
                case .outOfStep(let reason), .cut(let reason): throw Complaint(Complaint.refused, reason)
                default: break
                }
            }
        }
    }

    /// Subscribes, and waits for the bridge.
    mutating func subscribedBridge() throws(Complaint) -> Bridge {
        try send(Requests.subscribe())
        return try openedBridge()
    }

    /// The hub's greeting, once ``openedBridge()`` has met it.
    var hello: Hello? { attachment.hello }

    /// What follows from a bridge now, by the clock of the hub that has sent it. The last entry may be of hours ago.
    func situation(of bridge: Bridge) -> Situation {
        Situation(
            bridge, now: attachment.hello?.now ?? bridge.lastReceivedAt ?? Instant(seconds: 0),
            told: attachment.troubles)
    }

    /// Subscribes, and tells what follows from the bridge now. An argument that asked for the bridge would come too
    /// late to know the hub's clock.
    mutating func subscribedSituation() throws(Complaint) -> Situation {
        let bridge = try subscribedBridge()
        return situation(of: bridge)
    }

    var vitals: Vitals {
        Vitals(
            confirmed: attachment.confirmed, mode: attachment.hello?.mode ?? "live", user: attachment.hello?.user ?? "",
            isReadOnly: true)
    }

    /// Who we are for the hub; it alone asks the name service.
    private func user() throws(Complaint) -> String {
        if let user = attachment.hello?.user { return user }
        try send(Requests.whereabouts)
        while true {
            switch try next() {
            case .other(let answer) where answer["whereabouts"] != nil:
                return answer["whereabouts"]?["user"]?.text ?? EventID.localUser
            case .answer(let answer) where !answer.ok: throw refusal(answer)
            case .cut(let reason): throw Complaint(Complaint.refused, "the hub cut this off: \(reason)")
            default: continue
            }
        }
    }

    /// Sends a person's event and waits until it is durable; returns its entry's number. A refusal is thrown.
    func report(_ proposal: Proposal, at time: Instant? = nil) throws(Complaint) -> Int {
        let user = try user()
        let id = EventID.next(user: user)
        try send(proposal.event(id: id, source: EventID.source(of: user), time: time))
        while true {
            // A refusal without an id is of a line that could not be read, and this is the only line.
            guard case .answer(let answer) = try nextOfReport(), answer.id == id || !answer.ok else { continue }
            guard answer.ok else { throw refusal(answer) }
            return answer.entry ?? 0
        }
    }

    /// The next line, while something that was sent has no answer: nobody knows what becomes of it.
    private func nextOfReport() throws(Complaint) -> HubLine {
        do throws(Complaint) { return try next() } catch {
            guard error.code == Complaint.noHub, let sentence = error.sentence else { throw error }
            throw Complaint(error.code, "\(sentence); what was sent may still be taken: 'warroom log' tells")
        }
    }

    /// The same, and says what was done, and as which entry.
    func report(_ proposal: Proposal, at time: Instant? = nil, saying done: String) throws(Complaint) {
        let entry = try report(proposal, at: time)
        try Output.line("\(done), entry \(entry)")
    }

    /// One entry of the journal.
    func entry(_ number: Int) throws(Complaint) -> Entry {
        try send(Requests.subscribe(from: number))
        while true {
            switch try next() {
            case .hello(let hello) where hello.entry < number:
                throw Complaint(Complaint.refused, "there is no entry \(number) yet; the last one is \(hello.entry)")
            case .entry(let entry):
                guard entry.number == number else {
                    throw Complaint(
                        Complaint.refused, "the hub sends entry \(entry.number) in place of entry \(number)")
                }
                return entry
            case .answer(let answer) where !answer.ok: throw refusal(answer)
            case .cut(let reason): throw Complaint(Complaint.refused, "the hub cut this off: \(reason)")
            default: break
            }
        }
    }

    func refusal(_ answer: Answer) -> Complaint { Complaint(Complaint.refused, answer.error ?? "the hub refused this") }

    /// The instant that a written time means, by the zones of the bridge.
    static func instant(_ text: String, on bridge: Bridge) throws(Complaint) -> Instant {
        let zones = bridge.runbook.zones
        guard let date = CivilDate(bridge.runbook.date) else {
            throw Complaint(Complaint.usage, "the runbook's date \(bridge.runbook.date) does not exist")
        }
        do throws(WallTimeFault) {
            return try WallTime(text).instant(
                date: date, home: zones.home.zone, homeLabel: zones.home.label, other: zones.other.zone,
                otherLabel: zones.other.label)
        } catch { throw Complaint(Complaint.usage, error.description) }
    }

    /// The same where the bridge is not there yet: it is asked for only if the text needs it. `nil` for no text.
    static func instant(_ text: String?, socket: String?) throws(Complaint) -> Instant? {
        guard let text else { return nil }
        do throws(WallTimeFault) { _ = try WallTime(text) } catch {
            throw Complaint(Complaint.usage, error.description)
        }
        if let instant = Instant(rfc3339: text) { return instant }
        var talk = try Conversation(socket: socket)
        return try instant(text, on: try talk.subscribedBridge())
    }
}

extension HubConnection {
    /// Connects to the hub that a command means.
    static func meant(by socket: String?) throws(Complaint) -> (path: String, connection: HubConnection) {
        let path: String
        do throws(SocketChoice) { path = try SocketPath.find(explicit: socket) } catch { throw Complaint(error) }
        do throws(HubConnectionFault) { return (path, try HubConnection(path: path)) } catch { throw Complaint(error) }
    }
}
