import OrderedCollections
import Testing
import WarRoomCore

@Suite("A mark whose subject changed afterwards must be made again")
struct RecheckTests {
    private static let path = Runbook.CheckPath(board: "east", team: "money", check: "in")

    private func night(_ recheckAfter: [String]) throws -> Scenario {
        var runbook = Scenario.smallNight
        runbook.boards["east"]!.teams["money"]!.checks["in"]!.recheckAfter = recheckAfter
        var change = Runbook.Step(id: "change", phase: "only", title: "Disable the legacy tasks")
        change.tickets = ["QQ-255"]
        runbook.steps["change"] = change
        runbook.gates["before-open"]!.needs = [Need(.board, "east", .is, "ok", but: ["east/money/out"])]
        var night = Scenario(runbook)
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.take("2025-09-13T23:00:01Z", "source", "pools", #"{"state":"current"}"#, by: "hub", via: .hub)
        try night.take("2025-09-13T23:00:01Z", "source", "patcher", #"{"state":"current"}"#, by: "hub", via: .hub)
        return night
    }

    private func check(_ night: Scenario) throws -> BoardFacts.Check {
        try #require(night.situation().boards["east"]?.checks.first { $0.path == RecheckTests.path })
    }

    private func mark(_ night: inout Scenario, _ time: String, _ mark: String = "ok") throws {
        try night.take(time, "review", RecheckTests.path.text, #"{"mark":"\#(mark)","note":"seen"}"#, by: "t")
    }

    @Test(
        "A step that ends after the mark: the mark counts as pending, with the reason; marked again, both entries stay")
    func step() throws {
        var night = try night(["change"])
        try mark(&night, "2025-09-14T06:10:00Z")
        #expect(try check(night).isOk)
        #expect(night.situation().gates["before-open"]?.state == .open)
        try night.take("2025-09-14T06:20:00Z", "step", "change", #"{"state":"started"}"#)
        #expect(try check(night).recheck == nil, "what has only begun has changed nothing yet")
        try night.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"done"}"#)
        let stale = try check(night)
        #expect(stale.recheck?.reason == "QQ-255 finished after this test")
        #expect(stale.recheck?.since == Instant(rfc3339: "2025-09-14T06:40:00Z"))
        #expect(stale.mark == .ok && !stale.isOk && stale.isPending)
        #expect(night.situation().boards["east"]?.teams["money"]?.count(.ok) == 0)
        #expect(night.situation().gates["before-open"]?.state == .shut)
        try mark(&night, "2025-09-14T06:50:00Z")
        #expect(try check(night).isOk)
        #expect(night.situation().gates["before-open"]?.state == .open)
        #expect(night.bridge.reviews[RecheckTests.path]?.marks.count == 2)
    }

    @Test("A step that ended before the mark, was left out, or is heard of late but ended before, changes nothing")
    func silent() throws {
        var before = try night(["change"])
        try before.take("2025-09-14T06:00:00Z", "step", "change", #"{"state":"done"}"#)
        try mark(&before, "2025-09-14T06:10:00Z")
        #expect(try check(before).recheck == nil)

        var leftOut = try night(["change"])
        try mark(&leftOut, "2025-09-14T06:10:00Z")
        try leftOut.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"skipped","note":"not tonight"}"#)
        #expect(try check(leftOut).recheck == nil)

        var late = try night(["change"])
        try mark(&late, "2025-09-14T06:10:00Z")
        try late.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"done"}"#, happened: "2025-09-14T06:05:00Z")
        #expect(try check(late).recheck == nil)

        var unmarked = try night(["change"])
        try unmarked.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"done"}"#)
        #expect(try check(unmarked).recheck == nil)

        var silentTeam = try night(["change"])
        try mark(&silentTeam, "2025-09-14T06:10:00Z", "no-response")
        try silentTeam.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"done"}"#)
        #expect(try check(silentTeam).recheck == nil)

        var other = try night(["open"])
        try mark(&other, "2025-09-14T06:10:00Z")
        try other.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"done"}"#)
        #expect(try check(other).recheck == nil, "another step is not its subject")
    }

    @Test(
        "What happens to a server of the wave after the mark",
        arguments: [
            (#"{"bootedAt":"2025-09-14T06:30:00Z"}"#, "patcher", "a2 restarted after this test"),
            (#"{"reboot":"rebooting"}"#, "patcher", "a2 is restarting after this test"),
            (#"{"patch":"installed"}"#, "patcher", "a2 was patched after this test"),
            (#"{"pools":{"inner":"out"}}"#, "pools", "a2 was taken out of Inner after this test"),
        ])
    func server(_ data: String, _ source: String, _ reason: String) throws {
        var night = try night(["@first"])
        for name in ["a1", "a2", "a10"] {
            try night.source("pools", "2025-09-14T05:00:00Z", "server", name, #"{"pools":{"inner":"in","outer":"in"}}"#)
            try night.source(
                "patcher", "2025-09-14T05:00:00Z", "server", name,
                #"{"patch":"running","bootedAt":"2025-09-14T04:00:00Z"}"#)
        }
        try mark(&night, "2025-09-14T06:10:00Z")
        try night.source(
            "patcher", "2025-09-14T06:20:00Z", "server", "a2", #"{"patch":"running","bootedAt":"2025-09-14T04:00:00Z"}"#
        )
        #expect(try check(night).recheck == nil, "the same said again is no change")
        try night.source(source, "2025-09-14T06:40:00Z", "server", "a2", data)
        #expect(try check(night).recheck?.reason == reason)
        try mark(&night, "2025-09-14T06:50:00Z")
        #expect(try check(night).recheck == nil)
    }

    @Test(
        """
        A server whose clock is ahead tells of a boot that has not come: it counts from when it was told, so that a \
        mark made after it holds
        """
    )
    func clockAhead() throws {
        var night = try night(["@first"])
        try mark(&night, "2025-09-14T06:10:00Z")
        try night.source("patcher", "2025-09-14T06:40:00Z", "server", "a2", #"{"bootedAt":"2025-09-14T23:00:00Z"}"#)
        #expect(try check(night).recheck?.reason == "a2 restarted after this test")
        try mark(&night, "2025-09-14T06:50:00Z")
        #expect(try check(night).recheck == nil)
    }

    @Test("Several changes: the first one is named, the others are counted")
    func several() throws {
        var night = try night(["change", "@first"])
        try mark(&night, "2025-09-14T06:10:00Z")
        try night.take("2025-09-14T06:40:00Z", "step", "change", #"{"state":"done"}"#)
        try night.source("patcher", "2025-09-14T06:50:00Z", "server", "a1", #"{"patch":"installed"}"#)
        #expect(try check(night).recheck?.reason == "QQ-255 finished after this test, and 1 more")
    }
}
