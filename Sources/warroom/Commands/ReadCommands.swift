import WarRoomCore
import WarRoomScreen
import WarRoomSystem
import WarRoomTerminal
import WarRoomWire

extension Command {
    static let status = Command(
        usage: Usage(
            command: "status", abstract: "Everything once",
            options: [
                .init(name: "--json", help: "as one JSON document"),
                .init(name: "--at", value: "T", help: "as of then: RFC 3339, or Sun 04:31 in the home zone"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        let time = try Conversation.instant(arguments["--at"], socket: arguments["--socket"])
        var talk = try Conversation(socket: arguments["--socket"])
        if arguments.has("--json") {
            try Output.write(try talk.status(at: time).bytes)
            return
        }
        let situation: Situation
        if let time {
            try talk.send(Requests.bridge(at: time))
            situation = Situation(try talk.openedBridge(), now: time)
        } else {
            let bridge = try talk.subscribedBridge()
            situation = talk.situation(of: bridge)
        }
        for line in Screen.statusText(situation, vitals: talk.vitals) { try Output.line(line) }
    }

    static let log = Command(
        usage: Usage(
            command: "log", abstract: "The journal, one entry a line",
            options: [
                .init(name: "--json", help: "each entry as the journal has it, one JSON object a line"),
                .init(name: "--follow", help: "go on with what comes"),
                .init(name: "--since", value: "ENTRY", help: "from this entry on, itself included"),
                .socket,
            ])
    ) { (arguments) throws(Complaint) in
        let first = try arguments.entry("--since") ?? 1
        var talk = try Conversation(socket: arguments["--socket"])
        var text: LogText?
        if !arguments.has("--json") {
            try talk.send(Requests.bridge())
            text = LogText(bridge: try talk.openedBridge())
        }
        try writeLog(talk, from: first, as: text, follow: arguments.has("--follow"))
    }

    private static func writeLog(
        _ talk: Conversation, from first: Int, as text: LogText?, follow: Bool
    ) throws(Complaint) {
        try talk.send(Requests.subscribe(from: first))
        var out: [UInt8] = []
        var last = Int.max
        var next = first
        var isCaughtUp = false
        while true {
            // What has been gathered goes out before the wait for more.
            if out.count > 60_000 || isCaughtUp {
                // Whoever has read enough may go.
                guard try Output.write(out), !StandardStreams.isAbandoned else { return }
                out.removeAll(keepingCapacity: true)
            }
            if isCaughtUp && !follow { return }
            let (bytes, line) = try talk.nextRaw()
            switch line {
            case .hello(let hello):
                last = hello.entry
                isCaughtUp = first > last
            case .entry(let entry):
                guard entry.number == next else {
                    throw Complaint(Complaint.refused, "the hub sends entry \(entry.number) in place of entry \(next)")
                }
                next += 1
                talk.connection.goesOn()
                out.append(contentsOf: text.map { Array($0.line(entry).utf8) } ?? bytes)
                out.append(UInt8(ascii: "\n"))
                isCaughtUp = entry.number >= last
            case .beat where isCaughtUp: talk.connection.goesOn()
            case .answer(let answer) where !answer.ok: throw talk.refusal(answer)
            case .cut(let reason): throw Complaint(Complaint.refused, "the hub cut this off: \(reason)")
            default: break
            }
        }
    }
}

/// Entries as people read them: number, both clocks, who, what.
private struct LogText {
    let bridge: Bridge

    func line(_ entry: Entry) -> String {
        let zones = bridge.runbook.zones
        let clocks = [zones.home, zones.other].map { zone in
            let local = zone.zone.local(entry.receivedAt)
            return "\(local.day3) \(local.clockWithSeconds)"
        }
        let number = String(entry.number)
        let by = CleanText.line(entry.by)
        return String(repeating: " ", count: max(0, 6 - number.utf8.count)) + number + "  "
            + clocks.joined(separator: " / ")
            + "  " + by + String(repeating: " ", count: max(0, 12 - by.count)) + "  "
            + CleanText.line(FeedLine(entry, runbook: bridge.runbook, closedWith: closedWith(entry)).text)
    }

    /// What a close has left, by name. It is told with the close's own entry, as long as that stands.
    private func closedWith(_ entry: Entry) -> String? {
        bridge.closed.flatMap { $0.entry == entry.number ? $0.summary : nil }
    }
}
