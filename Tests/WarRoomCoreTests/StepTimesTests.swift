import OrderedCollections
import Testing
import WarRoomCore

@Suite("A step that nobody ends has the times of its evidence")
struct StepTimesTests {
    private func patched(_ last: String = "2025-09-14T01:40:00Z") throws -> Scenario {
        var night = Scenario()
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.take(
            "2025-09-14T01:02:00Z", "step", "patch", #"{"state":"started"}"#, by: "patcher", via: .feeder,
            source: "patcher")
        for (server, time) in [("a1", "2025-09-14T01:20:00Z"), ("a2", "2025-09-14T01:30:00Z"), ("a10", last)] {
            try night.source("patcher", time, "server", server, #"{"patch":"installed"}"#)
        }
        return night
    }

    @Test("it ended when the last server was as asked, and began when its tool said so")
    func wave() throws {
        var night = try patched()
        try night.source(
            "patcher", "2025-09-14T01:50:00Z", "server", "a1", #"{"patch":"installed","detail":"said again"}"#)
        let life = try #require(night.situation().steps["patch"]).life
        #expect(life.state == .done)
        #expect(life.startedAt?.rfc3339 == "2025-09-14T01:02:00Z")
        #expect(life.endedAt?.rfc3339 == "2025-09-14T01:40:00Z")
    }

    @Test("so a test run that began before the last server was done is not tonight's proof")
    func proof() throws {
        for (started, state) in [
            ("2025-09-14T01:39:00Z", TestFacts.State.notTonight), ("2025-09-14T01:41:00Z", .passed),
        ] {
            var night = try patched()
            try night.take(
                "2025-09-14T02:00:00Z", "tests", "quick",
                #"{"state":"passed","total":3,"passed":3,"failed":0,"startedAt":"\#(started)"}"#, by: "runner",
                via: .feeder)
            #expect(night.situation().tests["quick"]?.state == state, "started \(started)")
        }
    }

    @Test("and when one is missing again it is done no longer: undone, since then, by whom")
    func undone() throws {
        var night = try patched()
        try night.source("patcher", "2025-09-14T01:45:00Z", "server", "a2", #"{"patch":"running"}"#)
        let undone = try #require(night.situation().steps["patch"]?.undone)
        #expect(undone.since.rfc3339 == "2025-09-14T01:45:00Z" && undone.by == "patcher")
    }

    @Test(
        """
        whatever kind of servers it is done by: the times from before stay with it; another server's loss, or a word \
        said again, undoes nothing
        """,
        arguments: [
            (Need(.wave, "first", .patch, "installed"), false), (Need(.wave, "first", .verify, "passed"), false),
            (Need(.wave, "first", .pools, "in"), false),
            (Need(.server, "a2", .verify, "passed"), false), (Need(.pool, "inner", .pools, "in"), false),
            (Need(.wave, "first", .pools, "in"), true),
        ])
    func lost(need: Need, closes: Bool) throws {
        var runbook = Scenario.smallNight
        runbook.servers["other"] = .init(name: "other")
        runbook.steps["patch"]!.doneWhen = need
        if closes { runbook.steps["patch"]!.closes = ["door/back"] }
        var night = Scenario(runbook)
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        for source in ["patcher", "pools"] {
            try night.take("2025-09-13T23:00:01Z", "source", source, #"{"state":"current"}"#, by: "hub", via: .hub)
        }
        let good = #"{"patch":"installed","verify":"passed"}"#
        for name in ["a1", "a2", "a10", "other"] {
            try night.source("patcher", "2025-09-14T01:20:00Z", "server", name, good)
            try night.source("pools", "2025-09-14T01:30:00Z", "server", name, #"{"pools":{"outer":"in","inner":"in"}}"#)
        }
        let before = try #require(night.situation().steps["patch"]).life
        #expect(before.state == .done && before.endedAt != nil)
        try night.source("patcher", "2025-09-14T01:40:00Z", "server", "a2", good)
        let bad = #"{"patch":"failed","verify":"failed"}"#
        try night.source("patcher", "2025-09-14T01:50:00Z", "server", "other", bad)
        try night.source("pools", "2025-09-14T01:50:01Z", "server", "other", #"{"pools":{"inner":"out"}}"#)
        let isOfThatPool = need.subject == .pool
        #expect(
            (night.bridge.steps["patch"]?.lost == nil) == !isOfThatPool
                && (night.situation().steps["patch"]?.undone == nil) == !isOfThatPool)
        try night.source("patcher", "2025-09-14T02:00:00Z", "server", "a2", bad)
        try night.source("pools", "2025-09-14T02:00:01Z", "server", "a2", #"{"pools":{"inner":"out"}}"#)
        let life = try #require(night.situation().steps["patch"]).life
        #expect(
            life.state == .done && life.undone != nil && life.endedAt == before.endedAt
                && life.startedAt == before.startedAt, "\(need)")
    }
}
