import OrderedCollections
import Testing
import WarRoomCore

/// What is taken from an earlier situation changes nothing but the time that it takes.
@Suite struct EstateTests {
    /// The document of a situation that was worked out after every entry from the one before, and from nothing.
    private func compare(_ scenario: inout Scenario, _ carried: inout Situation?) {
        let fresh = scenario.situation()
        carried = Situation(scenario.bridge, now: fresh.now, after: carried)
        let (one, other) = (carried!, fresh)
        #expect(
            StatusDocument.json(one, lastGood: [:], head: "") == StatusDocument.json(other, lastGood: [:], head: ""),
            "entry \(scenario.bridge.entry)")
    }

    @Test("A situation worked out from the one before says what one worked out from nothing says, entry by entry")
    func carried() throws {
        var runbook = Scenario.smallNight
        runbook.sources["pools"] = SourcePlan(id: "pools", kind: .statusFiles(path: "pools"))
        var scenario = Scenario(runbook)
        var carried: Situation?
        let night: [(String, String, String, String?)] = [
            ("bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, nil),
            ("source", "pools", #"{"state":"current"}"#, nil),
            ("server", "a1", #"{"patch":"running","pools":{"outer":"out","inner":"in"}}"#, "pools"),
            ("server", "a2", #"{"patch":"installed","alerts":"muted"}"#, "pools"),
            ("server", "stranger", #"{"reach":"ok"}"#, "pools"),
            ("server", "a1", #"{"patch":"installed"}"#, nil),
            ("server", "a10", #"{"patch":"installed"}"#, "pools"),
            ("hold", "a10", #"{"state":"held","reason":"disk"}"#, nil),
            ("ruling", "a1/patch", #"{"value":"installed","reason":"seen on the host"}"#, nil),
            ("source", "pools", #"{"state":"stale","reason":"silent"}"#, nil),
            ("server", "a2", #"{"pools":{"inner":"in","outer":"in"}}"#, "pools"),
            ("source", "pools", #"{"state":"current"}"#, nil),
            ("hold", "a10", #"{"state":"released"}"#, nil),
            ("note", "a2", #"{"text":"nothing changes"}"#, nil),
        ]
        for (minute, (type, subject, data, source)) in night.enumerated() {
            let time = "2025-09-14T01:\(minute < 10 ? "0" : "")\(minute):00Z"
            if let source {
                try scenario.source(source, time, type, subject, data)
            } else {
                try scenario.take(time, type, subject, data, via: type == "source" ? .hub : nil)
            }
            compare(&scenario, &carried)
        }
    }

    @Test("Another journal's situation is not built upon, even where its entries have the same numbers")
    func otherJournal() throws {
        var one = Scenario(at: "2025-09-13T23:00:00Z")
        try one.take("2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#)
        try one.take("2025-09-13T23:01:00Z", "server", "a1", #"{"patch":"failed"}"#)
        var bridge = Bridge(runbook: one.bridge.runbook)
        let json = try JSON(
            parsing:
                #"{"specversion":"1.0","id":"x","source":"people/a","type":"warroom.note","subject":"a1","#
                + #""data":{"text":"t"}}"#
        )
        for number in 1...3 {
            bridge.apply(
                Entry(
                    number: number, receivedAt: Instant(seconds: 1_757_804_400), by: "a", via: nil,
                    event: try Event(json), hash: "other \(number)"))
        }
        let situation = Situation(bridge, now: Instant(seconds: 1_757_804_400), after: one.situation())
        #expect(situation.servers["a1"]?.patch == nil)
    }

    @Test("Entries between two situations may be more than a bridge remembers the servers of")
    func manyEntries() throws {
        var scenario = Scenario()
        try scenario.take("2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#)
        let earlier = scenario.situation()
        try scenario.take("2025-09-13T23:00:01Z", "server", "a1", #"{"patch":"installed"}"#)
        for _ in 0..<3000 { try scenario.take("2025-09-13T23:00:02Z", "server", "a2", #"{"patch":"running"}"#) }
        let later = Situation(scenario.bridge, now: earlier.now, after: earlier)
        #expect(later.servers["a1"]?.patch?.value == .installed)
        #expect(later.waves["first"]?.installed == 1)
    }
}
