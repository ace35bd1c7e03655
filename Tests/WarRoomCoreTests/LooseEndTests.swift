import OrderedCollections
import Testing
import WarRoomCore

@Suite("What is off stays on the list until it is undone")
struct LooseEndTests {
    private func night() throws -> Scenario {
        var runbook = Scenario.smallNight
        runbook.steps["patch"]!.doneWhen = nil
        runbook.steps["patch"]!.opens = ["alerts/a1", "pool/a1/inner", "jobs/held", "door/back"]
        runbook.steps["open"]!.gate = nil
        runbook.steps["open"]!.closes = ["alerts/a1", "pool/a1/inner", "jobs/held"]
        var night = Scenario(runbook)
        try night.take("2025-09-13T23:00:00Z", "bridge", "small", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.take("2025-09-13T23:00:01Z", "source", "pools", #"{"state":"current"}"#, by: "hub", via: .hub)
        return night
    }

    private func open(_ night: Scenario) -> [String] { night.situation().looseEnds.map(\.id.text) }

    @Test("A started step opens, its closing step closes, and what nothing will close comes first")
    func steps() throws {
        var night = try night()
        #expect(open(night).isEmpty)
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        #expect(open(night) == ["door/back", "alerts/a1", "pool/a1/inner", "jobs/held"])
        #expect(night.situation().looseEnds[0].closing.isEmpty)
        try night.take("2025-09-14T02:00:00Z", "step", "patch", #"{"state":"done"}"#)
        try night.take("2025-09-14T02:00:00Z", "step", "open", #"{"state":"done"}"#)
        #expect(open(night) == ["door/back"])
        try night.take(
            "2025-09-14T02:10:00Z", "looseend", "door/back", #"{"state":"forgiven","note":"locked by hand"}"#)
        #expect(open(night).isEmpty)
    }

    @Test("Where a source watches it, only that source closes it, and out again is a new one with its own age")
    func watched() throws {
        var night = try night()
        try night.source("pools", "2025-09-14T00:30:00Z", "server", "a1", #"{"pools":{"inner":"in"}}"#)
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        #expect(open(night).contains("pool/a1/inner"), "not out yet, but the step that pulls it has begun")
        try night.source("pools", "2025-09-14T01:05:00Z", "server", "a1", #"{"pools":{"inner":"out"}}"#)
        try night.take("2025-09-14T02:00:00Z", "step", "open", #"{"state":"done"}"#)
        #expect(open(night).contains("pool/a1/inner"), "a step's word does not put a server back")
        try night.source("pools", "2025-09-14T02:05:00Z", "server", "a1", #"{"pools":{"inner":"in"}}"#)
        #expect(!open(night).contains("pool/a1/inner"))
        try night.source("pools", "2025-09-14T03:52:00Z", "server", "a1", #"{"pools":{"inner":"out"}}"#)
        let again = try #require(night.situation("2025-09-14T04:31:00Z").looseEnds.first { $0.id == "pool/a1/inner" })
        #expect(again.openedAt == Instant(rfc3339: "2025-09-14T03:52:00Z"))
        #expect(again.openedBy == "pools")
    }

    @Test("What no step opened is opened by the source that sees it off; down is not out")
    func unplanned() throws {
        var night = try night()
        try night.source(
            "pools", "2025-09-14T01:00:00Z", "server", "a2",
            #"{"pools":{"inner":"down","outer":"out"},"alerts":"muted"}"#)
        #expect(open(night) == ["pool/a2/outer", "alerts/a2"])
    }
}
