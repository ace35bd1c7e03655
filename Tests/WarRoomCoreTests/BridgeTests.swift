import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomWire

@Suite("A bridge grows by its entries alone")
struct BridgeTests {
    @Test("The authority's claim is shown, another's makes a dispute, and a stale one counts for nothing")
    func claims() throws {
        var night = Scenario()
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.take("2025-09-13T23:00:01Z", "source", "patcher", #"{"state":"current"}"#, by: "hub", via: .hub)
        try night.take("2025-09-13T23:00:01Z", "source", "pools", #"{"state":"current"}"#, by: "hub", via: .hub)
        try night.source("patcher", "2025-09-14T01:00:00Z", "server", "a1", #"{"patch":"running"}"#)
        try night.source("pools", "2025-09-14T01:00:00Z", "server", "a1", #"{"pools":{"outer":"in","inner":"out"}}"#)
        try night.take("2025-09-14T01:01:00Z", "server", "a1", #"{"patch":"failed"}"#, by: "tool", via: .feeder)
        var server = night.situation().servers["a1"]!
        #expect(server.patch?.value == .running)
        #expect(server.patch?.isDisputed == true)
        #expect(server.pools.map(\.name) == ["outer", "inner"])
        #expect(server.pools[1].member?.value == .out)
        try night.take(
            "2025-09-14T01:05:00Z", "source", "pools", #"{"state":"stale","reason":"silent"}"#, by: "hub", via: .hub)
        server = night.situation().servers["a1"]!
        #expect(server.pools[0].member?.value == .in, "the last good value stays")
        #expect(server.pools[0].member?.counts == false, "and counts for nothing")
        #expect(server.rollup == .doubt)
    }

    @Test("What has ended does not go stale")
    func ended() throws {
        var night = Scenario()
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.source("patcher", "2025-09-14T01:00:00Z", "server", "a1", #"{"patch":"installed"}"#)
        #expect(night.situation().servers["a1"]?.patch?.isStale == false)
    }

    @Test("For one claimant an older effective time is history, and event time never runs ahead of receipt")
    func effectiveTime() throws {
        var night = Scenario()
        try night.take(
            "2025-09-14T01:00:00Z", "server", "a1", #"{"verify":"passed"}"#, source: "t",
            happened: "2025-09-14T00:50:00Z")
        try night.take(
            "2025-09-14T01:01:00Z", "server", "a1", #"{"verify":"failed"}"#, source: "t",
            happened: "2025-09-14T00:40:00Z")
        #expect(night.situation().servers["a1"]?.verify?.value == .passed)
        try night.take(
            "2025-09-14T01:02:00Z", "server", "a1", #"{"verify":"failed"}"#, source: "t",
            happened: "2025-09-14T09:00:00Z")
        let shown = night.situation().servers["a1"]?.verify
        #expect(shown?.value == .failed)
        #expect(shown?.claim.at == Instant(rfc3339: "2025-09-14T01:02:00Z"))
    }

    @Test("An entry that does not follow the last one is not taken")
    func gaps() throws {
        var night = Scenario()
        try night.take("2025-09-14T01:00:00Z", "note", "small", #"{"text":"one"}"#)
        let before = night.bridge
        let event = try Event(written("note", "small", #"{"text":"three"}"#))
        night.bridge.apply(Entry(number: 3, receivedAt: Instant(seconds: 0), by: "x", via: nil, event: event, hash: ""))
        #expect(night.bridge == before)
    }

    @Test("Due comes from the clock, ready from evidence, and a gate names what is missing")
    func dueAndReady() throws {
        var night = Scenario()
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        for source in ["patcher", "pools"] {
            try night.take("2025-09-13T23:00:01Z", "source", source, #"{"state":"current"}"#, by: "hub", via: .hub)
        }
        #expect(night.situation("2025-09-14T00:59:59Z").steps["patch"]?.isDue == false)
        #expect(night.situation("2025-09-14T01:00:00Z").steps["patch"]?.isDue == true)
        for server in ["a1", "a2", "a10"] {
            try night.source("patcher", "2025-09-14T01:30:00Z", "server", server, #"{"patch":"installed"}"#)
            let inner = server == "a2" ? "out" : "in"
            try night.source(
                "pools", "2025-09-14T01:40:00Z", "server", server, #"{"pools":{"outer":"in","inner":"\#(inner)"}}"#)
        }
        let situation = night.situation("2025-09-14T02:00:00Z")
        #expect(situation.steps["patch"]?.state == .done)
        #expect(situation.steps["open"]?.isDue == true)
        #expect(situation.steps["open"]?.isReady == false)
        #expect(situation.gates["before-open"]?.needs[0].why == "2 of 3 in all pools: a2 is not in the Inner")
        #expect(
            situation.sentenceText.contains(
                "a2 is not in the Inner. Somebody must see to it (nobody is assigned); opening the doors cannot"))
        #expect(
            situation.sentence.on == "nobody is assigned", "the one who approves is not the one who can put a2 back")
        #expect(situation.sentence.since == Instant(rfc3339: "2025-09-14T02:00:00Z"))
    }

    @Test("A result from before the window, or too short, never counts as passed")
    func evidenceOfTonight() throws {
        var night = Scenario()
        try night.take(
            "2025-09-14T01:00:00Z", "tests", "quick",
            #"{"state":"passed","total":3,"passed":3,"startedAt":"2025-08-24T06:00:00Z"}"#, source: "t")
        #expect(night.situation().tests["quick"]?.state == .notTonight)
        try night.take("2025-09-14T01:04:00Z", "step", "patch", #"{"state":"done"}"#)
        try night.take(
            "2025-09-14T01:10:00Z", "tests", "quick",
            #"{"state":"passed","total":2,"passed":2,"startedAt":"2025-09-14T01:05:00Z"}"#, source: "t")
        #expect(night.situation().tests["quick"]?.state == .interrupted)
        try night.take(
            "2025-09-14T01:20:00Z", "tests", "quick",
            #"{"state":"passed","total":3,"passed":0,"skipped":3,"startedAt":"2025-09-14T01:15:00Z"}"#, source: "t")
        #expect(night.situation().tests["quick"]?.state == .notStarted, "nothing but skipped cases is no result")
        try night.take(
            "2025-09-14T01:30:00Z", "tests", "quick",
            #"{"state":"passed","total":3,"passed":3,"startedAt":"2025-09-14T01:25:00Z"}"#, source: "t")
        #expect(night.situation().tests["quick"]?.state == .passed)
    }

    @Test("Nothing is ok by silence: past the due time no-response is proposed, and one entry may say it of a team")
    func reviews() throws {
        var night = Scenario()
        try night.take(
            "2025-09-14T05:00:00Z", "review", "east/money/in", #"{"mark":"ok","note":"seen","reviewer":"pay-in-1"}"#)
        #expect(night.situation("2025-09-14T05:59:59Z").boards["east"]?.checks[1].isProposedNoResponse == false)
        var checks = night.situation("2025-09-14T06:00:00Z").boards["east"]!.checks
        #expect(checks[1].mark == .pending)
        #expect(checks[1].isProposedNoResponse)
        try night.take("2025-09-14T06:05:00Z", "review", "east/money", #"{"mark":"no-response"}"#)
        checks = night.situation().boards["east"]!.checks
        #expect(checks.map(\.mark) == [.ok, .noResponse], "who has answered keeps the answer")
    }

    @Test("A terminal that gets the bridge as it stands has the same bridge, in lines within the limit")
    func snapshot() throws {
        var night = Scenario()
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.source(
            "pools", "2025-09-14T01:00:00Z", "server", "a1",
            #"{"pools":{"outer":"in"},"bootedAt":"2025-09-14T00:30:00Z"}"#)
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"failed","note":"quote \" and é作 \u001b"}"#)
        try night.take(
            "2025-09-14T01:00:00Z", "tests", "quick",
            #"{"state":"failed","total":3,"failed":1,"failures":[{"name":"n"}]}"#, source: "t")
        for number in 0..<400 {
            try night.take(
                "2025-09-14T02:00:00Z", "note", "small",
                #"{"text":"\#(String(repeating: "\\\"é", count: 400)) \#(number)"}"#)
        }
        let lines = BridgeLines.lines(for: night.bridge)
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.count < Event.longestLine })
        var attachment = Attachment()
        var news: [AttachmentNews] = []
        for line in lines { news += attachment.take(try HubLine(line), monotonic: .zero) }
        #expect(attachment.bridge == night.bridge)
        #expect(news.count == 1)
    }

    @Test("A hub that is silent for more than three seconds is said to be, in bridge time")
    func silence() throws {
        var attachment = Attachment()
        let hello =
            #"{"hello":{"protocol":1,"bridge":"b","mode":"rehearsal","now":"2025-09-14T08:31:00Z","#
            + #""speed":60.0,"entry":0}}"#
        _ = attachment.take(try HubLine(Array(hello.utf8)), monotonic: .seconds(100))
        #expect(attachment.now(monotonic: .seconds(101)) == Instant(rfc3339: "2025-09-14T08:32:00Z"))
        #expect(attachment.silentSince(monotonic: .seconds(103)) == nil)
        #expect(attachment.silentSince(monotonic: .seconds(104)) == Instant(rfc3339: "2025-09-14T08:31:00Z"))
    }
}

@Suite("The sentence when all steps have ended")
struct LastSentenceTests {
    @Test("It waits for the reviews, then for what is still off, then for nothing")
    func ending() throws {
        var runbook = Scenario.smallNight
        runbook.steps["open"]!.gate = nil
        runbook.steps["patch"]!.opens = ["door/back"]
        var night = Scenario(runbook)
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"done"}"#)
        try night.take("2025-09-14T02:30:00Z", "step", "open", #"{"state":"done"}"#)
        var situation = night.situation()
        #expect(
            situation.sentenceText
                == "All steps are done. Money must answer 2 more checks by Sun 06:00 / Sun 06:00; the night stays open "
                + "until then.")
        #expect(situation.sentence.on == "Money")
        #expect(situation.sentence.since == Instant(rfc3339: "2025-09-14T02:30:00Z"))
        for check in ["in", "out"] {
            try night.take("2025-09-14T05:00:00Z", "review", "east/money/\(check)", #"{"mark":"ok"}"#)
        }
        situation = night.situation()
        #expect(
            situation.sentenceText
                == "Work is finished, but Door for Back is still off, now 4 h. Somebody must end it (nobody is "
                + "assigned).")
        try night.take(
            "2025-09-14T05:10:00Z", "looseend", "door/back", #"{"state":"forgiven","note":"locked by hand"}"#)
        #expect(
            night.situation().sentence.on == "nobody is assigned" && night.situation().headlineText == "Close the night"
        )
    }
}
