import WarRoomCore

/// Entries on their way into the journal, and the bridge as it will be when they are in it.
struct Group {
    var bridge: Bridge
    var records: [Record] = []
    /// The entries' whole lines, as subscribers get them, in the order of ``records``: they are made here for the hash.
    var lines: [[UInt8]] = []
    var events: [Int: Event] = [:]
    var taken: [Repetitions.Key: Repetitions.Taken] = [:]
    /// An answer line for a connection, with the id that it answers.
    typealias Answer = (connection: Int, id: String?, line: [UInt8])
    /// The answers, in the order in which they must leave.
    var answers: [Answer] = []
    /// The texts of the runbooks that amendments among these entries name, by fingerprint: both become durable at once.
    private(set) var texts: [String: String] = [:]

    /// Whether the night goes by another runbook after these entries.
    var isAmended: Bool { !texts.isEmpty }

    init(bridge: Bridge) { self.bridge = bridge }

    /// Appends an event, an amendment with its runbook; returns its entry's number.
    @discardableResult
    mutating func add(
        _ event: Event, by: String, via: Entry.Via?, receivedAt: Instant,
        amended: (runbook: Runbook, text: String)? = nil
    ) -> Int {
        if let amended { texts[amended.runbook.fingerprint] = amended.text }
        let number = bridge.entry + 1
        let text = event.json.line
        let isLate = bridge.state == .closed
        let unhashed = Entry.unhashedLine(
            number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isLate, eventText: text)
        let hash = Chain.hash(after: bridge.head, unhashedLine: unhashed)
        records.append(
            Record(
                number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isLate, subject: event.subject,
                event: text, hash: hash))
        lines.append(Entry.line(unhashed: unhashed, hash: hash))
        bridge.apply(
            Entry(
                number: number, receivedAt: receivedAt, by: by, via: via, isAfterClose: isLate, event: event, hash: hash
            ), amended: amended?.runbook)
        events[number] = event
        taken[Repetitions.Key(source: event.source, id: event.id)] = Repetitions.Taken(
            by: by, entry: number, event: event, isSame: false)
        return number
    }
}
