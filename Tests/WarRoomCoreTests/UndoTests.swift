import OrderedCollections
import Testing
import WarRoomCore

@Suite("An undo gives back what was, both entries stay, and an undo can be undone")
struct UndoTests {
    private func night() throws -> Scenario {
        var runbook = Scenario.smallNight
        runbook.gates["before-open"]!.approvers = ["Approver"]
        runbook.steps["patch"]!.doneWhen = nil
        runbook.steps["patch"]!.opens = ["door/back"]
        var night = Scenario(runbook)
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, via: .hub)
        return night
    }

    private func refusal(
        _ night: Scenario, _ type: String, _ subject: String, _ data: String,
        by sender: Sender = Sender(user: "lead-us", roles: [.lead])
    ) throws -> String? {
        let event = try Event(written(type, subject, data, id: "1", source: "people/x"))
        return night.bridge.refusal(of: event, from: sender, now: night.situation().now)
    }

    @Test("of a step: the earlier state returns with its times, and the undo of the undo brings the later one back")
    func step() throws {
        var night = try night()
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        let done = try night.take("2025-09-14T01:30:00Z", "step", "patch", #"{"state":"done"}"#)
        let undo = try night.take(
            "2025-09-14T01:31:00Z", "step", "patch", #"{"state":"done","undoes":\#(done),"note":"wrong row"}"#)
        var life = try #require(night.situation().steps["patch"]).life
        #expect(life.state == .running && life.startedAt?.rfc3339 == "2025-09-14T01:00:00Z" && life.endedAt == nil)
        #expect(night.bridge.steps["patch"]?.changed == undo)
        try night.take(
            "2025-09-14T01:32:00Z", "step", "patch", #"{"state":"done","undoes":\#(undo),"note":"it was right"}"#)
        life = try #require(night.situation().steps["patch"]).life
        #expect(life.state == .done && life.endedAt?.rfc3339 == "2025-09-14T01:30:00Z", "the actual time is not edited")
        #expect(
            night.bridge.recent.suffix(2).map(\.text) == [
                "patch: entry \(done) is undone, wrong row", "patch: entry \(undo) is undone, it was right",
            ])
    }

    @Test("of a mark: the one before is shown again, all stay in the history, a whole team's no-response at once")
    func review() throws {
        var night = try night()
        try night.take("2025-09-14T01:00:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        let silence = try night.take("2025-09-14T06:10:00Z", "review", "east/money", #"{"mark":"no-response"}"#)
        func marks() -> [ReviewReport.Mark] { night.situation().boards["east"]!.checks.map(\.mark) }
        #expect(marks() == [.ok, .noResponse])
        try night.take(
            "2025-09-14T06:11:00Z", "review", "east/money",
            #"{"mark":"no-response","undoes":\#(silence),"note":"they rang"}"#)
        #expect(marks() == [.ok, .pending])
        #expect(night.bridge.reviews.values.flatMap(\.marks).count == 2, "nothing is deleted")
    }

    @Test("of an approval, a hold, a loose end's forgiving and a ruling")
    func others() throws {
        var night = try night()
        let hold = try night.take("2025-09-14T01:00:00Z", "hold", "a1", #"{"state":"held","reason":"r"}"#)
        #expect(night.situation().servers["a1"]?.isHeld == true)
        try night.take("2025-09-14T01:01:00Z", "hold", "a1", #"{"state":"held","undoes":\#(hold),"note":"n"}"#)
        #expect(night.situation().servers["a1"]?.isHeld == false)

        let approval = try night.take(
            "2025-09-14T01:02:00Z", "approval", "before-open", #"{"decision":"approved","as":"Approver"}"#)
        #expect(night.situation().gates["before-open"]?.missing == [])
        try night.take(
            "2025-09-14T01:03:00Z", "approval", "before-open",
            #"{"decision":"approved","as":"Approver","undoes":\#(approval),"note":"n"}"#)
        #expect(night.situation().gates["before-open"]?.missing == ["Approver"])

        try night.take("2025-09-14T01:04:00Z", "step", "patch", #"{"state":"started"}"#)
        let forgiven = try night.take(
            "2025-09-14T01:05:00Z", "looseend", "door/back", #"{"state":"forgiven","note":"r"}"#)
        #expect(night.situation().looseEnds.isEmpty)
        try night.take(
            "2025-09-14T01:06:00Z", "looseend", "door/back", #"{"state":"forgiven","undoes":\#(forgiven),"note":"n"}"#,
            by: "lead-in")
        #expect(night.situation().looseEnds.map(\.id) == ["door/back"])

        try night.take("2025-09-14T01:07:00Z", "server", "a2", #"{"patch":"installed"}"#, via: .feeder, source: "one")
        try night.take("2025-09-14T01:08:00Z", "server", "a2", #"{"patch":"failed"}"#, via: .feeder, source: "two")
        let ruling = try night.take(
            "2025-09-14T01:09:00Z", "ruling", "a2/patch", #"{"value":"installed","reason":"r"}"#)
        #expect(night.situation().divergences.isEmpty)
        try night.take(
            "2025-09-14T01:10:00Z", "ruling", "a2/patch",
            #"{"value":"installed","reason":"r","undoes":\#(ruling),"note":"n"}"#)
        #expect(night.situation().divergences.map(\.id) == ["a2/patch"])
    }

    @Test(
        """
        as often as one likes, each time the last entry: a mark and an approval too, and whoever gives an approval \
        again must be its approver
        """
    )
    func again() throws {
        var night = try night()
        var mark = try night.take("2025-09-14T01:00:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        var approval = try night.take(
            "2025-09-14T01:00:00Z", "approval", "before-open", #"{"decision":"approved","as":"Approver"}"#, by: "a")
        for round in 1...4 {
            let data = #"{"decision":"approved","as":"Approver","undoes":\#(approval),"note":"n"}"#
            #expect(
                (try refusal(night, "approval", "before-open", data) == nil) == (round % 2 == 1),
                "a lead takes it away, and does not give it")
            #expect(
                try refusal(
                    night, "approval", "before-open", data, by: Sender(user: "a", roles: [.approver("Approver")]))
                    == nil)
            mark = try night.take(
                "2025-09-14T01:0\(round):00Z", "review", "east/money/in", #"{"mark":"ok","undoes":\#(mark),"note":"n"}"#
            )
            approval = try night.take("2025-09-14T01:0\(round):00Z", "approval", "before-open", data, by: "a")
            let situation = night.situation()
            #expect(situation.boards["east"]?.checks.first?.mark == (round % 2 == 1 ? .pending : .ok), "\(round)")
            #expect(situation.gates["before-open"]?.missing == (round % 2 == 1 ? ["Approver"] : []), "\(round)")
        }
    }

    @Test("and only a person's last word on that very thing can be undone, by who may say it")
    func refused() throws {
        var night = try night()
        let start = try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        let done = try night.take("2025-09-14T01:30:00Z", "step", "patch", #"{"state":"done"}"#)
        #expect(try refusal(night, "step", "patch", #"{"state":"done","undoes":\#(start),"note":"n"}"#) != nil)
        #expect(try refusal(night, "step", "open", #"{"state":"done","undoes":\#(done),"note":"n"}"#) != nil)
        #expect(try refusal(night, "server", "a1", #"{"patch":"failed","undoes":\#(done),"note":"n"}"#) != nil)
        #expect(try refusal(night, "step", "patch", #"{"state":"done","undoes":\#(done),"note":"n"}"#) == nil)
        let team = Sender(user: "t", roles: [.team(.init(board: "east", team: "money"))])
        #expect(try refusal(night, "step", "patch", #"{"state":"done","undoes":\#(done),"note":"n"}"#, by: team) != nil)
        let no = try night.take(
            "2025-09-14T01:40:00Z", "approval", "before-open", #"{"decision":"refused","as":"Approver","reason":"r"}"#)
        let back = #"{"decision":"refused","as":"Approver","reason":"r","undoes":\#(no),"note":"n"}"#
        #expect(try refusal(night, "approval", "before-open", back) != nil, "a lead does not approve as somebody else")
        #expect(
            try refusal(night, "approval", "before-open", back, by: Sender(user: "a", roles: [.approver("Approver")]))
                == nil)
    }
}
