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
        try night.take(
            "2025-09-13T23:00:00Z", "bridge", "small-2025-09-14", #"{"state":"opened","mode":"live"}"#, via: .hub)
        try night.source("pools", "2025-09-13T23:00:01Z", "source", "pools", #"{"state":"current"}"#)
        return night
    }

    private func refusal(_ night: Scenario, _ state: String = "closed", by sender: Sender? = nil) throws -> String? {
        let data = state.hasPrefix("{") ? state : #"{"state":"\#(state)"}"#
        let event = try Event(written("bridge", "small-2025-09-14", data, source: "people/x"))
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
        #expect(
            closing.obstacles[0].text == "loose end door/back: door back, for 1 h, no step ends it")
        #expect(closing.obstacles[1].text == "step patch is running for 1 h")
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
        #expect(night.situation().closing.obstacles.isEmpty)
        #expect(try refusal(night) == nil)
        #expect(try refusal(night, by: Sender(user: "m", roles: [.monitoring])) != nil, "only the lead closes")
        #expect(try refusal(night, "live") != nil)
    }

    @Test("A mark whose subject changed afterwards is in the way like one that was never made, until it is made again")
    func recheck() throws {
        var night = try night()
        var runbook = night.bridge.runbook
        runbook.boards["east"]!.teams["money"]!.checks["in"]!.recheckAfter = ["open"]
        night = Scenario(runbook)
        for check in ["in", "out"] {
            try night.take("2025-09-14T01:10:00Z", "review", "east/money/\(check)", #"{"mark":"ok"}"#)
        }
        #expect(night.situation().closing.obstacles.isEmpty)
        try night.take("2025-09-14T02:00:00Z", "step", "open", #"{"state":"done"}"#)
        #expect(
            night.situation().closing.obstacles.map(\.text) == [
                "mark east/money/in: to check again, Open the doors finished after this test"
            ])
        #expect(try refusal(night) != nil)
        try night.take("2025-09-14T02:10:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        #expect(night.situation().closing.obstacles.isEmpty)
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
        #expect(night.bridge.afterClose == 0 && night.bridge.closed != nil)
        try night.take("2025-09-14T08:10:00Z", "review", "east/money/in", #"{"mark":"ok"}"#)
        #expect(night.bridge.afterClose == 1)
        #expect(night.bridge.recent.last?.text.hasSuffix("(after the close)") == true)
        #expect(try refusal(night) == "the night is closed already")
        try night.take(
            "2025-09-14T08:20:00Z", "bridge", "small-2025-09-14",
            #"{"state":"closed","undoes":\#(close),"note":"too soon"}"#)
        #expect(night.bridge.state != .closed && night.bridge.closed == nil)
    }

    @Test(
        """
        The close names what it leaves: who has not answered, issues, what was forgiven, overridden or not done; a \
        clear night leaves nothing
        """
    )
    func left() throws {
        var night = try night()
        for check in ["in", "out"] {
            try night.take("2025-09-14T07:00:00Z", "review", "east/money/\(check)", #"{"mark":"ok"}"#)
        }
        for step in ["patch", "open"] { try night.take("2025-09-14T07:05:00Z", "step", step, #"{"state":"done"}"#) }
        var clear = night
        try clear.take("2025-09-14T07:06:00Z", "looseend", "door/back", #"{"state":"closed"}"#)
        #expect(clear.situation().closesWith.isEmpty)
        try clear.take("2025-09-14T07:10:00Z", "bridge", "small-2025-09-14", #"{"state":"closed"}"#)
        #expect(clear.bridge.closed?.left == [] && clear.situation().sentenceText == "The night is closed.")

        try night.take("2025-09-14T07:06:00Z", "review", "east/money/in", #"{"mark":"issues","note":"two late"}"#)
        try night.take("2025-09-14T07:06:10Z", "review", "east/money/out", #"{"mark":"no-response"}"#)
        try night.take("2025-09-14T07:07:00Z", "looseend", "door/back", #"{"state":"forgiven","note":"stays open"}"#)
        try night.take("2025-09-14T07:08:00Z", "step", "open", #"{"state":"skipped","note":"not tonight"}"#)
        let with = night.situation().closesWith
        #expect(
            with == [
                "no response: East, Money to 1 of 2", "issues: East, Money: In", "1 step was skipped: Open the doors",
                "loose end door/back forgiven by lead-us",
            ])
        #expect(
            try refusal(night, #"{"state":"closed","with":["no response: East, Money to 1 of 2"]}"#)?.hasPrefix(
                "what the close leaves open is not what you saw") == true)
        #expect(try refusal(night, JSON.object(["state": "closed", "with": .texts(with)]).line) == nil)
        let close = try night.take("2025-09-14T07:10:00Z", "bridge", "small-2025-09-14", #"{"state":"closed"}"#)
        #expect(night.bridge.closed?.left.map(\.kind) == [.noResponse, .issues, .skippedStep, .forgiven])
        let summary =
            "with no response of Money (East), issues of Money: In (East), 1 step skipped, 1 loose end forgiven"
        #expect(night.situation().sentenceText == "The night is closed, \(summary).")
        #expect(night.bridge.recent.last?.text == "bridge small-2025-09-14 closed, \(summary)")
        try night.take("2025-09-14T07:20:00Z", "review", "east/money/out", #"{"mark":"ok"}"#)
        #expect(
            night.bridge.closed?.entry == close && night.bridge.closed?.left.count == 4,
            "what comes later is told beside it")
        #expect(night.situation().boards["east"]?.checks[1].late == .seconds(80 * 60))
    }
}
