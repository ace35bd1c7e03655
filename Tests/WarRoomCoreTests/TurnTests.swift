import OrderedCollections
import Testing
import WarRoomCore

/// What a person may not say past a shut gate, and what needs a note because its turn has not come.
@Suite("A person's word waits for its turn: refused past a shut gate, asked why before it")
struct TurnTests {
    typealias Names = GuardNight

    private func refusal(_ night: GuardNight, _ id: String, _ state: String, _ time: String, note: String? = nil) throws
        -> String?
    {
        var night = night
        try night.person("note", "n", #"{"text":"the time goes on"}"#, time)
        let tail = note.map { #","note":"\#($0)""# } ?? ""
        return try night.refusal("step", id, #"{"state":"\#(state)"\#(tail)}"#, by: "lead-us", [.lead])
    }

    @Test("Past a shut gate a start and a done are refused, whatever the reason; an override opens it")
    func gates() throws {
        for naming in Names.namings {
            var night = try GuardNight(naming)
            for state in ["started", "done", "workaround"] {
                let why = try refusal(night, night.second, state, "05:00", note: "told to")
                #expect(why?.hasPrefix("gate \(night.gate) is shut: ") == true, "\(state): \(why ?? "taken")")
            }
            try night.person(
                "approval", night.gate, #"{"decision":"overridden","as":"Approver","reason":"r"}"#, "04:00", by: "sam")
            #expect(try refusal(night, night.second, "started", "05:00") == nil)
        }
    }

    @Test("A step behind one that a shut gate holds is refused as that is")
    func behind() throws {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        var last = Runbook.Step(id: "last", phase: "only", title: "Last")
        last.after = ["patch-second"]
        runbook.steps["last"] = last
        var night = try GuardNight("plain", runbook: runbook)
        let why = try refusal(night, "last", "done", "06:00", note: "told to")
        #expect(why?.hasPrefix("gate before-second is shut: ") == true && why?.hasSuffix("is behind it") == true)
        try night.person(
            "approval", night.gate, #"{"decision":"overridden","as":"Approver","reason":"r"}"#, "04:00", by: "sam")
        #expect(try refusal(night, "last", "done", "06:00")?.contains("(--note TEXT)") == true)
        #expect(try refusal(night, "last", "done", "06:00", note: "told to") == nil)
    }

    @Test("With what comes before it open, or before its time, a start needs a note; in its turn it needs none")
    func notes() throws {
        var night = try GuardNight("plain")
        let rows: [(step: String, state: String, time: String, says: String?)] = [
            ("pull", "started", "00:59", "its time is Sun 01:00 / Sun 01:00"), ("pull", "started", "01:00", nil),
            ("pull", "done", "00:30", "its time is Sun 01:00 / Sun 01:00"),
            ("patch", "started", "01:30", "Title of pull is not done: planned"),
            ("put-back", "started", "02:10", "Title of patch is not done: planned; nothing of what it closes is off"),
            ("check", "started", "02:30", nil),
        ]
        for row in rows {
            let why = try refusal(night, row.step, row.state, row.time)
            #expect(row.says.map { why?.hasPrefix($0) == true } ?? (why == nil), "\(row): \(why ?? "taken")")
            #expect(why?.contains("(--note TEXT)") != false)
            #expect(try refusal(night, row.step, row.state, row.time, note: "why") == nil, "\(row)")
        }
        try night.step("pull", "started", "01:00")
        try night.step("pull", "done", "01:05")
        #expect(try refusal(night, "patch", "started", "01:30") == nil)
    }

    @Test("What was taken out of turn stays a trouble of the second rank until the close, or until it is taken back")
    func stays() throws {
        var night = try GuardNight("plain")
        func early() -> [Trouble] { night.situation.troubles.filter { $0.kind == .outOfTurn } }
        let entry = try night.step("patch", "started", "01:30")
        #expect(early().map(\.rank) == [2] && early().first?.subject == "patch")
        #expect(
            early().first?.text
                == "Title of patch was reported started by lead-us before its turn (n): Title of pull is not "
                + "done: planned"
        )
        try night.step("pull", "done", "01:35")
        #expect(early().count == 1, "that it is done since changes nothing")
        try night.person("step", "patch", #"{"state":"started","undoes":\#(entry),"note":"wrong"}"#, "01:40")
        #expect(early().isEmpty)
        try night.step("check", "started", "02:30")
        #expect(early().isEmpty, "in its turn")
    }

    @Test("A tick before anything of what it looks at has happened needs a note, no response before the due time too")
    func marks() throws {
        var runbook = try GuardNight("plain").scenario.bridge.runbook
        var board = Runbook.Board(id: "east", title: "East", due: Instant(rfc3339: "2025-09-14T06:00:00Z"))
        board.teams["money"] = .init(id: "money", title: "Money")
        board.teams["money"]!.checks = [
            "in": .init(id: "in", title: "In", recheckAfter: ["pull", "@first"]), "out": .init(id: "out", title: "Out"),
        ]
        runbook.boards = ["east": board]
        var night = try GuardNight("plain", runbook: runbook)
        func refusal(_ subject: String, _ mark: String, note: String? = nil) throws -> String? {
            let tail = note.map { #","note":"\#($0)""# } ?? ""
            return try night.refusal("review", subject, #"{"mark":"\#(mark)"\#(tail)}"#, by: "lead-us", [.lead])
        }
        #expect(
            try refusal("east/money/in", "ok")?.hasPrefix(
                "nothing of what it looks at has happened yet: Title of pull, @first: ") == true)
        #expect(try refusal("east/money/in", "ok", note: "seen") == nil)
        #expect(try refusal("east/money/out", "ok") == nil, "it looks at nothing that changes")
        #expect(try refusal("east/money/in", "pending") == nil)
        #expect(try refusal("east/money", "no-response")?.hasPrefix("East is due Sun 06:00 / Sun 06:00: ") == true)
        #expect(try refusal("east/money", "no-response", note: "they are asleep") == nil)
        try night.person("review", "east/money/in", #"{"mark":"ok","note":"seen"}"#, "00:30")
        #expect(night.situation.troubles.contains { $0.kind == .outOfTurn && $0.subject == "east/money/in" })
        try night.step("pull", "done", "01:05")
        #expect(try refusal("east/money/in", "ok") == nil, "one of them is enough")
        try night.scenario.take("2025-09-14T05:59:59Z", "note", "n", #"{"text":"late"}"#)
        #expect(try refusal("east/money", "no-response") != nil, "a second before it is due")
        try night.scenario.take("2025-09-14T06:00:00Z", "note", "n", #"{"text":"late"}"#)
        #expect(try refusal("east/money", "no-response") == nil, "at the very instant of its due time")
    }
}
