import OrderedCollections
import Testing
import WarRoomCore

/// On a clock that stands still all instants are one, and the order of the entries decides.
@Suite("Order is that of entries, not of clocks")
struct OrderTests {
    /// Two steps: one switches a thing off, the other on again. Every entry is of one instant.
    private struct Still {
        var scenario: Scenario

        init() throws {
            let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
            var runbook = Runbook(id: "s", title: "S", date: "2025-09-14", zones: .init(home: utc, other: utc))
            runbook.phases = ["only": .init(id: "only", title: "Only")]
            var on = Runbook.Step(id: "on", phase: "only", title: "Into maintenance")
            on.opens = [LooseEndID("pingdom/shop")]
            var off = Runbook.Step(id: "off", phase: "only", title: "Out of maintenance")
            off.closes = [LooseEndID("pingdom/shop")]
            var tested = Runbook.Step(id: "tested", phase: "only", title: "Tested")
            tested.doneWhen = Need(.tests, "quick", .is, "passed")
            runbook.steps = ["on": on, "off": off, "tested": tested]
            runbook.tests = ["quick": .init(id: "quick", title: "Quick", after: ["on"])]
            var board = Runbook.Board(id: "east", title: "East")
            board.teams["money"] = .init(id: "money", title: "Money")
            board.teams["money"]!.checks = ["in": .init(id: "in", title: "In", recheckAfter: ["on"])]
            runbook.boards = ["east": board]
            scenario = Scenario(runbook)
            try scenario.take(
                "2025-09-14T04:00:00Z", "bridge", "s-2025-09-14", #"{"state":"opened","mode":"live"}"#, via: .hub)
        }

        mutating func step(_ id: String, _ state: String) throws {
            try scenario.take("2025-09-14T04:00:00Z", "step", id, #"{"state":"\#(state)","note":"n"}"#)
        }

        mutating func take(_ type: String, _ subject: String, _ data: String, by: String = "tool") throws {
            let via: Entry.Via? = type == "review" ? nil : .feeder
            try scenario.take("2025-09-14T04:00:00Z", type, subject, data, by: by, via: via, source: by)
        }

        var situation: Situation { scenario.situation() }
    }

    @Test("A closing step closes what was opened before it, and not what is opened after it")
    func closing() throws {
        let rows: [(deeds: [(String, String)], isOpen: Bool)] = [
            ([("off", "done"), ("on", "started"), ("on", "done")], true),
            ([("on", "started"), ("on", "done"), ("off", "done")], false),
            ([("on", "done"), ("off", "done")], false),
            ([("off", "done"), ("on", "done")], true),
            ([("on", "done"), ("off", "done"), ("on", "started")], true),
        ]
        for row in rows {
            var night = try Still()
            for deed in row.deeds { try night.step(deed.0, deed.1) }
            #expect(night.situation.looseEnds.isEmpty != row.isOpen, "\(row.deeds)")
            #expect(night.situation.closing.obstacles.contains { $0.kind == .looseEnd } == row.isOpen, "\(row.deeds)")
        }
    }

    @Test("A closing step is asked why before there is anything to close, and not afterwards")
    func nothingToClose() throws {
        var night = try Still()
        func refusal() throws -> String? {
            let event = try Event(written("step", "off", #"{"state":"done"}"#, source: "people/lead-us"))
            return night.scenario.bridge.refusal(
                of: event, from: Sender(user: "lead-us", roles: [.lead]), now: night.situation.now)
        }
        #expect(try refusal()?.hasPrefix("nothing of what it closes is off yet: pingdom/shop: ") == true)
        try night.step("on", "started")
        #expect(try refusal() == nil)
    }

    @Test("A mark is to be made again for what ended in a later entry of its instant, and for no earlier one")
    func recheck() throws {
        for isMarkedFirst in [true, false] {
            var night = try Still()
            if isMarkedFirst { try night.take("review", "east/money/in", #"{"mark":"ok","note":"n"}"#) }
            try night.step("on", "done")
            if !isMarkedFirst { try night.take("review", "east/money/in", #"{"mark":"ok","note":"n"}"#) }
            #expect(night.situation.boards["east"]?.checks.contains { $0.recheck != nil } == isMarkedFirst)
        }
    }

    @Test("A workaround behind a mark is a change, and a step that was left out is none")
    func kinds() throws {
        for (state, isChange) in [("workaround", true), ("failed", true), ("skipped", false), ("started", false)] {
            var night = try Still()
            try night.take("review", "east/money/in", #"{"mark":"ok","note":"n"}"#)
            try night.step("on", state)
            #expect(night.situation.boards["east"]?.checks.contains { $0.recheck != nil } == isChange, "\(state)")
        }
    }

    @Test("A run that was reported before what it comes after is too early, at one instant as at two")
    func tests() throws {
        let passed = #"{"state":"passed","total":1,"passed":1,"startedAt":"2025-09-14T04:00:00Z"}"#
        for isReportedFirst in [true, false] {
            var night = try Still()
            if isReportedFirst { try night.take("tests", "quick", passed) }
            try night.step("on", "done")
            if !isReportedFirst { try night.take("tests", "quick", passed) }
            #expect(night.situation.tests["quick"]?.state == (isReportedFirst ? .notTonight : .passed))
        }
    }

    @Test("Evidence that turned before a person's \"done\" disagrees with it; what turned after it has undone it")
    func undone() throws {
        for isReportedFirst in [true, false] {
            var night = try Still()
            try night.step("on", "done")
            let failed = #"{"state":"failed","total":1,"passed":0,"failed":1}"#
            if isReportedFirst { try night.take("tests", "quick", failed) }
            try night.step("tested", "done")
            if !isReportedFirst { try night.take("tests", "quick", failed) }
            #expect((night.situation.steps["tested"]?.undone == nil) == isReportedFirst)
            #expect(night.situation.divergences.contains { $0.id == "tested/state" } == isReportedFirst)
        }
    }

    @Test("A ruling holds while a claim is only repeated, and lapses when it changes")
    func rulings() throws {
        var night = try Still()
        try night.step("on", "done")
        try night.take("tests", "quick", #"{"state":"passed","total":1,"passed":1}"#, by: "runner")
        try night.take("tests", "quick", #"{"state":"failed","total":1,"failed":1}"#, by: "junit")
        #expect(night.situation.divergences.map(\.id) == ["quick/result"])
        try night.scenario.take(
            "2025-09-14T04:00:00Z", "ruling", "quick/result", #"{"value":"passed","reason":"r"}"#)
        #expect(night.situation.divergences.isEmpty && night.situation.tests["quick"]?.state == .passed)
        try night.take("tests", "quick", #"{"state":"failed","total":1,"failed":1}"#, by: "junit")
        #expect(night.situation.divergences.isEmpty, "the same once more")
        try night.take("tests", "quick", #"{"state":"failed","total":2,"failed":2}"#, by: "junit")
        #expect(night.situation.divergences.map(\.id) == ["quick/result"], "made before the claim changed")
    }
}
