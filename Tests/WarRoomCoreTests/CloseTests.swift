import OrderedCollections
import Testing
import WarRoomCore

@Suite("The night is closed when nothing is left, and by the lead")
struct CloseTests {
    private let lead = Sender(user: "lead-us", roles: [.lead])

    private func night() throws -> Scenario {
        var runbook = Scenario.smallNight
        runbook.gates = [:]
        runbook.steps["open"]!.gate = nil
        runbook.steps["patch"]!.doneWhen = nil
        runbook.steps["patch"]!.opens = ["door/back"]
        var night = Scenario(runbook)
        try night.take("2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.source("pools", "2025-09-13T23:00:01Z", "source", "pools", #"{"state":"current"}"#)
        return night
    }

    private func refusal(_ night: Scenario, _ state: String = "closed", by sender: Sender? = nil) throws -> String? {
        let event = try Event(Event.make(
            id: "1", source: "people/x", type: "warroom.bridge", subject: "small-2025-09-14",
            data: JSON.Object(["state": .string(state)])))
        return night.bridge.refusal(of: event, from: sender ?? lead, now: night.situation().now)
    }

    @Test("A loose end, a running step, an unanswered check and a divergence are in the way, each by name and in words")
    func obstacles() throws {
        var night = try night()
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        try night.take("2025-09-14T01:10:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        try night.take("2025-09-14T01:20:00Z", "server", "a1", #"{"patch":"installed"}"#, via: .feeder, source: "one")
        try night.take("2025-09-14T01:30:00Z", "server", "a1", #"{"patch":"failed"}"#, via: .feeder, source: "two")
        let closing = night.situation("2025-09-14T02:00:00Z").closing
        #expect(closing.obstacles.map(\.subject) == ["door/back", "patch", "east/money/out", "a1/patch"])
        #expect(closing.obstacles[0].text == "loose end door/back: door back, open 1 h 00, no closing step in the runbook")
        #expect(closing.obstacles[1].text == "step patch is running for 1 h 00")
        #expect(closing.obstacles[3].text == "divergence a1/patch: one says installed, two says failed")
        let why = try #require(try refusal(night))
        #expect(why.hasPrefix("the night cannot be closed, 4 things are in the way: loose end door/back"))
    }

    @Test("When each is gone it may be closed; a confirmed no-response is an answer")
    func clear() throws {
        var night = try night()
        try night.take("2025-09-14T01:10:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        #expect(try refusal(night) != nil)
        try night.take("2025-09-14T07:10:00Z", "review", "east/money/out", #"{"mark":"no-response"}"#)
        #expect(night.situation().closing.isClear)
        #expect(try refusal(night) == nil)
        #expect(try refusal(night, by: Sender(user: "m", roles: [.monitoring])) != nil, "only the lead closes")
        #expect(try refusal(night, "live") != nil)
    }

    @Test("Closing waits for running steps only")
    func closing() throws {
        var night = try night()
        #expect(try refusal(night, "closing") == nil)
        try night.take("2025-09-14T01:00:00Z", "step", "patch", #"{"state":"started"}"#)
        #expect(try #require(try refusal(night, "closing")).hasPrefix("the night cannot be closing"))
    }

    @Test("What comes after the close is taken and marked; an undo opens the night again")
    func after() throws {
        var night = try night()
        let close = try night.take("2025-09-14T08:00:00Z", "bridge", "small-2025-09-14", #"{"state":"closed"}"#)
        #expect(night.bridge.afterClose == 0 && night.bridge.closedAt != nil)
        try night.take("2025-09-14T08:10:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        #expect(night.bridge.afterClose == 1)
        #expect(night.bridge.recent.last?.text.hasSuffix("(after the close)") == true)
        #expect(try refusal(night) == "the night is closed already")
        try night.take(
            "2025-09-14T08:20:00Z", "bridge", "small-2025-09-14", #"{"state":"closed","undoes":\#(close),"note":"too soon"}"#)
        #expect(night.bridge.state != .closed && night.bridge.closedAt == nil)
    }
}
