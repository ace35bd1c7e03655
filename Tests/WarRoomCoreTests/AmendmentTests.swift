import OrderedCollections
import Testing
import WarRoomCore

@Suite("A runbook that is amended in the night")
struct AmendmentTests {
    private let now = Instant(rfc3339: "2025-09-14T02:00:00Z")!

    private func book(_ fingerprint: String, _ change: (inout Runbook) -> Void = { _ in }) -> Runbook {
        var book = Scenario.smallNight
        book.fingerprint = fingerprint
        change(&book)
        return book
    }

    private func refusal(_ night: Scenario, to book: Runbook, seen: String? = nil) -> String? {
        night.bridge.refusal(
            ofAmendmentTo: book, seenAs: seen ?? book.fingerprint, on: night.bridge.id, now: now)
    }

    @Test("goes by the new text, keeps what was said and the baseline, and says what fell")
    func taken() throws {
        var night = try Scenario.opened(book("a") { $0.gates["before-open"]!.approvers = ["Boss"] })
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        try night.take(
            "2025-09-14T01:01:00Z", "approval", "before-open",
            #"{"decision":"overridden","as":"Boss","reason":"by hand"}"#)
        #expect(night.situation().gates["before-open"]?.state == .open)
        let new = book("b") { book in
            book.gates["before-open"]!.approvers = ["Boss", "Other"]
            book.steps["open"]!.at = Instant(rfc3339: "2025-09-14T04:00:00Z")
            var late = Runbook.Step(id: "late", phase: "only", title: "Late")
            late.at = Instant(rfc3339: "2025-09-14T05:00:00Z")
            book.steps["late"] = late
            book.sources["patcher"] = nil
            book.sources["more"] = SourcePlan(id: "more", kind: .statusFiles(path: "m"))
        }
        #expect(
            night.bridge.consequences(of: new) == ["the decisions on gate before-open fall: it is another gate"])
        #expect(refusal(night, to: new) == nil)
        let before = night.situation()
        try night.amend("2025-09-14T01:02:00Z", to: new)
        let after = Situation(night.bridge, now: now, after: before)
        #expect(after.steps["patch"]?.state == .running && after.steps.keys == ["patch", "open", "late"])
        #expect(after.gates["before-open"]?.state == .shut)
        #expect(after.steps["open"]?.planned == Instant(rfc3339: "2025-09-14T04:00:00Z"))
        #expect(night.bridge.baseline(of: new.steps["open"]!) == Instant(rfc3339: "2025-09-14T02:00:00Z"))
        #expect(after.forecast.steps["open"]?.baselineStart == Instant(rfc3339: "2025-09-14T02:00:00Z"))
        #expect(night.bridge.baseline(of: new.steps["late"]!) == nil)
        #expect(after.forecast.steps["late"]?.baselineStart == nil)
        #expect(night.bridge.sources.keys.sorted() == ["more", "pools"])
        #expect(night.bridge.amendment?.entry == 4)
        #expect(night.bridge.recent.last?.text == "the runbook is amended, r")
    }

    @Test("is applied only together with the text that its entry names")
    func missing() throws {
        var night = try Scenario.opened(book("a"))
        let before = night.bridge
        try night.take(
            "2025-09-14T01:00:00Z", "bridge", "small-2025-09-14",
            #"{"state":"amended","runbook":"b","reason":"r"}"#)
        #expect(night.bridge == before, "who does not have the text fetches what is missing")
    }

    @Test("is refused where it would take away what was said, or is not what was seen")
    func refused() throws {
        var night = try Scenario.opened(book("a") { $0.gates["before-open"]!.approvers = ["Boss"] })
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        try night.take("2025-09-14T01:00:00Z", "server", "a1", #"{"patch":"running"}"#, via: .feeder)
        try night.take("2025-09-14T01:00:00Z", "tests", "quick", #"{"state":"running"}"#, via: .feeder)
        try night.take("2025-09-14T01:00:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        try night.take("2025-09-14T01:00:00Z", "check", "east/money/new", #"{"state":"added","title":"New"}"#)
        try night.take(
            "2025-09-14T01:01:00Z", "approval", "before-open", #"{"decision":"refused","as":"Boss","reason":"no"}"#)
        let leaving: [(String, (inout Runbook) -> Void)] = [
            ("step patch", { $0.steps["patch"] = nil }), ("server a1", { $0.servers["a1"] = nil }),
            ("test run quick", { $0.tests["quick"] = nil }), ("gate before-open", { $0.gates["before-open"] = nil }),
            ("check east/money/in", { $0.boards["east"]!.teams["money"]!.checks["in"] = nil }),
            ("check east/money/in, check east/money/new", { $0.boards["east"]!.teams["money"] = nil }),
        ]
        for (what, change) in leaving {
            #expect(
                refusal(night, to: book("b", change))
                    == "what has entries cannot leave, nor take another name: put back \(what)")
        }
        let idle = book("b") { book in
            (book.steps["open"], book.servers["a2"]) = (nil, nil)
            book.boards["east"]!.teams["money"]!.checks["out"] = nil
        }
        #expect(refusal(night, to: idle) == nil, "what nothing was said of may leave")
        #expect(refusal(night, to: book("a"))?.hasPrefix("nothing is different") == true)
        #expect(refusal(night, to: book("b"), seen: "c")?.contains("its SHA-256 is b") == true)
        #expect(refusal(night, to: book("b") { $0.date = "2025-09-21" })?.contains("id and date") == true)
        #expect(refusal(night, to: book("b") { $0.socket = "x" })?.contains("socket") == true)
        let event = try Event(
            written("bridge", night.bridge.id, #"{"state":"amended","runbook":"b","reason":"r"}"#))
        for (role, isFree) in [(Role.lead, true), (.monitoring, false), (.viewer, false), (.feeder, false)] {
            #expect(
                (night.bridge.refusal(of: event, from: Sender(user: "u", roles: [role]), now: now) == nil) == isFree)
        }
        let data = #"{"state":"amended","runbook":"b","reason":"r"}"#
        let source = night.bridge.refusal(
            of: try Event(written("bridge", night.bridge.id, data, source: "pools")),
            from: Sender(user: "pools", roles: []), source: "pools", now: now)
        #expect(source == "this is for a person to say, not for a source")
    }

    @Test("keeps a ruling on a pair of times only while the pair is the same")
    func pairs() throws {
        func paired(_ fingerprint: String, _ says: String) -> Runbook {
            book(fingerprint) { book in
                book.zones = TimePairTests.usual
                book.pairs = TimePair.all(
                    in: says, of: "patch", plan: nil, date: CivilDate(book.date)!, zones: book.zones,
                    words: ZoneWords(book.zones, around: CivilDate(book.date)!))
            }
        }
        var night = try Scenario.opened(paired("a", "at 10 PM EST (8:30AM IST)"))
        try night.take("2025-09-14T00:00:00Z", "ruling", "pair/patch", #"{"value":"home","reason":"r"}"#)
        #expect(night.bridge.openPairs.isEmpty)
        var same = night
        try same.amend("2025-09-14T00:01:00Z", to: paired("b", "at 10 PM EST (8:30AM IST), quietly"))
        #expect(same.bridge.openPairs.isEmpty && same.bridge.awaitsLive)
        try night.amend("2025-09-14T00:01:00Z", to: paired("b", "at 9 PM EST (8:30AM IST)"))
        #expect(night.bridge.openPairs.map(\.id) == ["pair/patch"])
    }

    @Test("moves the lead where access says so, unless the lead has been handed over")
    func lead() throws {
        func led(_ fingerprint: String, _ members: [String]) -> Runbook {
            book(fingerprint) { $0.access = [.init(role: .lead, members: members)] }
        }
        var night = try Scenario.opened(led("a", ["lead-us"]))
        var handed = night
        try handed.take("2025-09-14T00:00:00Z", "lead", "bob", #"{"state":"offered"}"#)
        try handed.take("2025-09-14T00:01:00Z", "lead", "bob", #"{"state":"accepted"}"#, by: "bob")
        try handed.amend("2025-09-14T00:02:00Z", to: led("b", ["anna"]))
        #expect(handed.bridge.lead == "bob")
        #expect(night.bridge.consequences(of: led("b", ["anna"])) == ["the lead is anna, was lead-us"])
        try night.amend("2025-09-14T00:02:00Z", to: led("b", ["anna"]))
        #expect(night.bridge.lead == "anna")
    }
}
