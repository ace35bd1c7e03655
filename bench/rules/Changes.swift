import Glibc
import OrderedCollections
import WarRoomCore
import WarRoomRunbook

/// What one entry costs whoever is attached, by its kind: the bridge takes it, and the rules follow from the last
/// situation. Medians of CPU time in microseconds.
struct Changes {
    /// A kind of entry, and what is said in turn, so that every entry changes something.
    struct Kind {
        let name: String
        let type: EventType
        let subjects: [String]
        let data: [String]
        let isPerson: Bool
    }

    static func kinds(_ runbook: Runbook) -> [Kind] {
        let leaves = runbook.steps.values.filter { $0.children.isEmpty && $0.doneWhen == nil }.map(\.id)
        let boards = runbook.boards.values.flatMap { board in
            board.teams.values.flatMap { team in team.checks.keys.map { "\(board.id)/\(team.id)/\($0)" } }
        }
        let servers = runbook.waves.values.flatMap(\.servers)
        return [
            Kind(name: "note", type: .note, subjects: leaves, data: [#"{"text":"words"}"#], isPerson: true),
            Kind(
                name: "server", type: .server, subjects: servers,
                data: [#"{"patch":"running"}"#, #"{"patch":"installed"}"#], isPerson: false),
            Kind(
                name: "mark", type: .review, subjects: boards,
                data: [#"{"mark":"ok"}"#, #"{"mark":"issues","note":"503"}"#], isPerson: true),
            Kind(
                name: "step", type: .step, subjects: leaves,
                data: [#"{"state":"started"}"#, #"{"state":"done"}"#], isPerson: true),
        ]
    }

    /// Each kind's cost on a night as it stands, by the kind's name: of the rules, and of taking the entry.
    static func measure(_ night: Bridge) throws -> [(name: String, rules: Double, apply: Double)] {
        try kinds(night.runbook).map { kind in
            var bridge = night
            var now = bridge.lastReceivedAt ?? Instant(seconds: 0)
            var shown = Situation(bridge, now: now)
            var (rules, applies): ([Double], [Double]) = ([], [])
            for round in 0..<200 {
                now = now + .seconds(1)
                let number = bridge.entry + 1
                let subject = kind.subjects[round / kind.data.count % kind.subjects.count]
                let data = try JSON(parsing: kind.data[round % kind.data.count]).object ?? JSON.Object()
                let json = Proposal(subject, try EventBody(kind.type, data: data)).event(
                    id: "c\(number)", source: kind.isPerson ? "people/lead" : "drop", time: now)
                let entry = Entry(
                    number: number, receivedAt: now, by: kind.isPerson ? "lead" : "drop",
                    via: kind.isPerson ? nil : .source, event: try Event(json), hash: "\(number)")
                let start = cpuMicroseconds()
                bridge.apply(entry)
                let applied = cpuMicroseconds()
                shown = Situation(bridge, now: now, after: shown)
                rules.append(cpuMicroseconds() - applied)
                applies.append(applied - start)
            }
            return (kind.name, median(rules), median(applies))
        }
    }

    /// The sample's night as its people and tools have told it until 04:31.
    static func sample(_ folder: String) throws -> Bridge {
        let runbook = try RunbookReader.document(path: "\(folder)/runbook.yaml").get().runbook
        var bridge = Bridge(runbook: runbook)
        let text = try contents("\(folder)/until-0431.ndjson")
        var events: [Event] = []
        for line in text.split(separator: "\n") { events.append(try Event(JSON(parsing: String(line)))) }
        let opens = runbook.window.opens ?? Instant(seconds: 0)
        let opening = try EventBody(.bridge, data: JSON.Object(["state": "opened", "mode": "live"]))
        events.insert(
            try Event(Proposal(runbook.bridgeID, opening).event(id: "1", source: "hub", time: opens)), at: 0)
        for server in runbook.servers.values {
            let pools = server.pools.map { "\"\($0)\":\"in\"" }.joined(separator: ",")
            let text = #"{"pools":{\#(pools)},"patch":"pending","reach":"ok","alerts":"on","verify":"passed"}"#
            let data = try JSON(parsing: text).object ?? JSON.Object()
            let json = Proposal(server.name, try EventBody(.server, data: data)).event(
                id: "s\(server.name)", source: "drop", time: opens)
            events.insert(try Event(json), at: 1)
        }
        for event in events {
            let last = bridge.lastReceivedAt ?? opens
            bridge.apply(
                Entry(
                    number: bridge.entry + 1, receivedAt: max(event.time ?? last, last), by: event.source,
                    via: event.source == "people" ? nil : .source, event: event, hash: "\(bridge.entry + 1)"))
        }
        return bridge
    }
}

/// The text of a file.
private func contents(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw LargeNight.Broken(what: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&piece, 1, piece.count, file)
        if count == 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes.append(contentsOf: piece[..<count])
    }
}
