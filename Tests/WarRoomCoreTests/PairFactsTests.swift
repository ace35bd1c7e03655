import OrderedCollections
import Testing
import WarRoomCore

@Suite("A night whose page gives times that do not fit")
struct PairFactsTests {
    /// The small night, whose first step the page gives at 22:00 EST and 07:30 IST in November: an hour apart.
    private func night(says: String = "Saturday at 10 PM EST (7:30AM IST) patch") -> Scenario {
        var runbook = Scenario.smallNight
        runbook.date = "2025-11-09"
        runbook.zones = TimePairTests.usual
        runbook.steps["patch"]!.at = Instant(rfc3339: "2025-11-09T03:00:00Z")
        let date = CivilDate(runbook.date)!
        runbook.pairs = TimePair.all(
            in: says, of: "patch", plan: runbook.steps["patch"]!.at, date: date, zones: runbook.zones,
            words: ZoneWords(runbook.zones, around: date))
        return Scenario(runbook, at: "2025-11-08T23:00:00Z")
    }

    private func refusal(_ scenario: Scenario, _ type: String, _ subject: String, _ data: String, role: Role = .lead)
        throws -> String?
    {
        let event = try Event(written(type, subject, data, id: "1", source: "s"))
        return scenario.bridge.refusal(
            of: event, from: Sender(user: "u", roles: [role]), now: Instant(rfc3339: "2025-11-09T03:00:00Z")!)
    }

    @Test("is not live, starts no step, and says which time is in the way")
    func blocked() throws {
        let night = night()
        #expect(night.bridge.awaitsLive && night.bridge.openPairs.map(\.id) == ["pair/patch"])
        for state in ["started", "done"] {
            let why = try refusal(night, "step", "patch", #"{"state":"\#(state)"}"#)
            #expect(why?.contains("pair/patch, 22:00 EST is 08:30 IST, page says 07:30") == true)
        }
        #expect(try refusal(night, "step", "patch", #"{"state":"skipped","note":"n"}"#) == nil)
        #expect(
            try refusal(night, "bridge", "small-2025-11-09", #"{"state":"live"}"#)?.contains("page says 07:30") == true)
        #expect(night.situation().troubles.map(\.kind) == [.pair])
        #expect(
            night.situation().sentenceText
                == "Somebody must settle 1 step time before the night can start (nobody is assigned): patching "
                + "wave first."
        )
    }

    @Test("shows a tool's start as one that should not have been")
    func tool() throws {
        var night = night()
        try night.take("2025-11-09T03:00:00Z", "step", "patch", #"{"state":"started"}"#, by: "ansible", via: .feeder)
        #expect(
            night.situation().troubles.contains { $0.kind == .pastGate && $0.text.contains("needs a ruling first") })
    }

    @Test("starts its steps once each pair has a ruling, and goes live when the lead says so")
    func ruled() throws {
        var night = night()
        #expect(try refusal(night, "ruling", "pair/patch", #"{"value":"home","reason":"r"}"#) == nil)
        try night.take(
            "2025-11-08T23:05:00Z", "ruling", "pair/patch", #"{"value":"home","reason":"the IST half is last month's"}"#
        )
        #expect(try refusal(night, "step", "patch", #"{"state":"started"}"#) == nil)
        #expect(night.situation().troubles.isEmpty)
        #expect(night.bridge.awaitsLive)
        #expect(try refusal(night, "bridge", "small-2025-11-09", #"{"state":"live"}"#) == nil)
        #expect(try refusal(night, "bridge", "small-2025-11-09", #"{"state":"live"}"#, role: .monitoring) != nil)
        #expect(try refusal(night, "bridge", "other", #"{"state":"live"}"#) != nil)
        #expect(try refusal(night, "bridge", "small-2025-11-09", #"{"state":"closed"}"#) != nil)
        try night.take("2025-11-08T23:06:00Z", "bridge", "small-2025-11-09", #"{"state":"live"}"#)
        #expect(!night.bridge.awaitsLive && night.bridge.state == .live)
        #expect(try refusal(night, "bridge", "small-2025-11-09", #"{"state":"live"}"#) == "the night is live already")
    }

    @Test("moves the planned time, and not the baseline, where the other half wins; the last ruling holds")
    func moved() throws {
        var night = night()
        func planned() -> String? { night.situation().steps["patch"]?.planned?.rfc3339 }
        func forecast() -> [String?] {
            let step = night.situation().forecast.steps["patch"]
            return [step?.baselineStart?.rfc3339, step?.start?.rfc3339]
        }
        #expect(planned() == "2025-11-09T03:00:00Z")
        try night.take("2025-11-08T23:05:00Z", "ruling", "pair/patch", #"{"value":"other","reason":"r"}"#)
        #expect(planned() == "2025-11-09T02:00:00Z")
        #expect(night.bridge.runbook.planned(night.bridge.runbook.steps["patch"]!)?.rfc3339 == "2025-11-09T03:00:00Z")
        #expect(night.situation("2025-11-09T02:30:00Z").steps["patch"]?.isDue == true)
        #expect(forecast() == ["2025-11-09T03:00:00Z", "2025-11-09T02:00:00Z"])
        try night.take("2025-11-08T23:06:00Z", "ruling", "pair/patch", #"{"value":"home","reason":"r"}"#)
        #expect(planned() == "2025-11-09T03:00:00Z")
        #expect(forecast() == ["2025-11-09T03:00:00Z", "2025-11-09T03:00:00Z"])
    }

    @Test("takes no ruling that says nothing")
    func badRulings() throws {
        let night = night()
        #expect(
            try refusal(night, "ruling", "pair/patch", #"{"value":"07:30","reason":"r"}"#)
                == "'07:30' is no ruling on pair/patch: write home (Sat 22:00 / Sun 08:30) or other (Sat 21:00 / Sun "
                + "07:30) "
                + "or plan (Sat 22:00 / Sun 08:30)")
        #expect(
            try refusal(night, "ruling", "pair/open", #"{"value":"home","reason":"r"}"#)?.contains("no pair") == true)
        #expect(try refusal(night, "ruling", "pair/patch", #"{"value":"home","reason":"r"}"#, role: .feeder) != nil)
    }

    @Test("is live from the start where the times fit, and needs no ruling")
    func fitting() throws {
        let night = night(says: "Saturday at 10 PM EST (8:30AM IST) patch")
        #expect(
            !night.bridge.awaitsLive && night.bridge.openPairs.isEmpty && night.bridge.pairs.map(\.state) == [.holds])
        #expect(try refusal(night, "step", "patch", #"{"state":"started"}"#) == nil)
        #expect(
            try refusal(night, "ruling", "pair/patch", #"{"value":"home","reason":"r"}"#)?.contains("needs no ruling")
                == true)
        #expect(try refusal(night, "bridge", "small-2025-11-09", #"{"state":"live"}"#) == "the night is live already")
    }

    @Test("tells its holes a kind at a time, after all that is wrong")
    func holes() {
        var runbook = Scenario.smallNight
        runbook.holes = [Hole(code: "NO-OWNER", count: 9, text: "9 steps have no owner", line: 4, column: 2)]
        let situation = Scenario(runbook).situation()
        #expect(situation.troubles.map(\.text) == ["9 steps have no owner"])
        #expect(situation.troubles.map(\.kind) == [.hole])
    }
}
