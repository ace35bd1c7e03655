import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The forecast, the batch closes and what must be done again stand where people look")
struct ForecastScreenTests {
    /// The sample's night with a duration for each step and an end of the window, at Sunday 06:10: the second wave has
    /// not begun and is due since 04:30.
    private func late() throws -> Night {
        var runbook = try SampleRunbook.make()
        for id in runbook.steps.keys where runbook.steps[id]!.children.isEmpty {
            runbook.steps[id]!.takes = .seconds(id == "web6-10-patch" ? 10_800 : 600)
        }
        runbook.window.closes = try Night.time("Sun 10:00", runbook)
        runbook.batch = .init(
            guardBand: "23:00-00:30", slot: ":45", demo: ["*Demo*"], needsStep: "reschedule-jobs", engage: "The desk",
            checks: ["india/payments/paypal"])
        runbook.boards["india"]!.teams["integration"]!.checks["datapump"]!.recheckAfter = ["jedi-346"]
        var night = try Night(runbook)
        try night.step("reschedule-jobs", from: "Sat 19:00", to: "Sat 19:06")
        return night
    }

    private func text(_ sight: Sight, _ columns: Int, _ rows: Int) -> String {
        Screen.draw(sight, size: Size(columns: columns, rows: rows)).lines().joined(separator: "\n")
    }

    @Test("The band says by how much the window is overrun, and because of which step where there is room")
    func header() throws {
        let sight = try late().sight(at: "Sun 06:10:12")
        let forecast = sight.situation.forecast
        let over = try #require(forecast.overrun?.written)
        let cause = try #require(forecast.cause)
        for (columns, rows) in [(80, 24), (120, 35), (200, 50)] {
            let text = text(sight, columns, rows)
            #expect(text.contains("! ends \(over) after the window"), "\(columns)x\(rows)\n\(text)")
            let said = StandingTests.said(Screen.draw(sight, size: Size(columns: columns, rows: rows)))
            // On a small screen the facts under the sentence tell it.
            #expect(
                columns < 120 || said.contains("The night will end \(over) after its window"),
                "\(columns)x\(rows)\n\(text)")
            let title = sight.runbook.steps[cause]?.title ?? cause
            #expect(columns < 200 || text.contains(": \(title)"), "\(columns)x\(rows)\n\(text)")
        }
    }

    @Test("Without durations the header counts the steps that have none, and says how far behind the night is")
    func unknown() throws {
        let sight = try Night.half().sight(at: "Sun 04:43:00")
        let forecast = sight.situation.forecast
        let text = text(sight, 120, 35)
        let behind = try #require(forecast.behind?.written)
        #expect(forecast.unknown > 9 && forecast.criticalPath.isEmpty)
        #expect(text.contains("\(behind) late"), "\(text)")
        // A window without an end says so; one with an end says why nobody can tell whether it holds.
        #expect(text.contains("no end time set"), "\(text)")
        var runbook = try SampleRunbook.make()
        runbook.window.closes = try Night.time("Sun 10:00", runbook)
        var night = try Night(runbook)
        try night.step("reschedule-jobs", from: "Sat 19:00", to: "Sat 19:06")
        let open = try night.sight(at: "Sat 19:10")
        let wide = self.text(open, 200, 50)
        #expect(
            wide.contains("end not known: \(open.situation.forecast.unknown) steps have no duration"), "\(wide)")
        #expect(self.text(open, 80, 24).contains("end not known"))
    }

    @Test("A night that is on time has no act in its header, and a closed one no forecast")
    func calm() throws {
        var night = try late()
        let sight = try night.sight(at: "Sat 19:10")
        #expect(!text(sight, 120, 35).contains("after the window") && !text(sight, 120, 35).contains(" late"))
        try night.hub("warroom.bridge", night.bridge.runbook.bridgeID, #"{"state":"closed"}"#, at: "Sat 19:11")
        #expect(!text(try night.sight(at: "Sun 20:00"), 120, 35).contains("after the window"))
    }

    @Test("The zoomed timeline's bars: dates of both zones, a line for now, shorter and longer times by + and -")
    func bars() throws {
        let night = try late()
        var view = ViewState()
        view.focus = "timeline"
        var messages: [String] = []
        func press(_ key: Character, _ count: Int = 1) throws {
            for _ in 0..<count {
                var sight = try night.sight(at: "Sun 06:10:12")
                sight.view = view
                _ = Screen.press(.character(key), &view, sight: sight, size: GoldenTests.small)
                messages.append(view.message?.text ?? "")
            }
        }
        try press("+")
        #expect(view.isZoomed && view.bars == 1)
        let whole = text(try night.sight(at: "Sun 06:10:12", view: view), 80, 24)
        #expect(whole.contains("Sat 13 Sep") && whole.contains("Sun 14 Sep") && whole.contains("15:40"))
        #expect(whole.contains("│") && whole.contains("plan") && whole.contains("forecast"))
        try press("+", 5)
        #expect(view.bars == TimelineBars.spans.count && messages.last == "1 hour")
        #expect(text(try night.sight(at: "Sun 06:10:12", view: view), 80, 24).contains("06:30"))
        try press("+")
        #expect(messages.last == "an hour is the shortest")
        try press("-", 7)
        #expect(view.bars == 0 && messages.last == "this is the whole night")
        view.focus = "tests"
        try press("+")
        #expect(messages.last == "the bars are the timeline's: 1 goes there")
        view.focus = "timeline"
        for size in [GoldenTests.middle, GoldenTests.large] {
            view.bars = 1
            let canvas = Screen.draw(try night.sight(at: "Sun 06:10:12", view: view), size: size)
            try Golden.check(
                canvas, "bars-\(size.columns)x\(size.rows)", has: ["Sun 14 Sep", "decides the end", "closes"])
        }
    }

    @Test("A re-check is a sign, a word and a reason: in the list, in the counts, in the detail")
    func recheck() throws {
        var night = try late()
        try night.person(
            "warroom.review", "india/integration/datapump", #"{"mark":"ok"}"#, at: "Sun 06:10", by: "int-in")
        try night.step("jedi-346", from: "Sun 06:20", to: "Sun 06:40")
        var view = ViewState()
        view.focus = "reviews"
        view.isZoomed = true
        let sight = try night.sight(at: "Sun 06:41", view: view)
        let list = text(sight, 200, 60)
        #expect(list.contains("↻") && list.contains("check again") && list.contains("finished after this test"))
        #expect(list.contains("1 to check again"))
        #expect(text(try night.sight(at: "Sun 06:41"), 80, 24).contains("↻"))
        view.detail = .init(subject: .check(.init(board: "india", team: "integration", check: "datapump")))
        #expect(text(try night.sight(at: "Sun 06:41", view: view), 80, 24).contains("finished after this test"))
    }

    @Test(
        "A server that runs since before its database was ready: the servers pane names it, the detail gives both times"
    )
    func recycle() throws {
        var night = try late()
        try night.current("patch-web", at: "Sun 05:00")
        try night.tool(
            "warroom.server", "IC-Web2", #"{"patch":"installed","reboot":"up","bootedAt":"2025-09-14T02:31:00Z"}"#,
            at: "Sun 05:01", source: "patch-web")
        try night.tool(
            "warroom.server", "MCC Database Server",
            #"{"reboot":"up","bootedAt":"2025-09-14T09:30:00Z","readyAt":"2025-09-14T09:40:00Z"}"#, at: "Sun 05:45",
            source: "patch-web")
        #expect(text(try night.sight(at: "Sun 06:00"), 120, 35).contains("Web2 recycle needed"))
        var view = ViewState()
        view.focus = "servers"
        view.isZoomed = true
        #expect(text(try night.sight(at: "Sun 06:00", view: view), 120, 35).contains("! recycle"))
        view.detail = .init(subject: .server("IC-Web2"))
        let detail = text(try night.sight(at: "Sun 06:00", view: view), 200, 50)
        #expect(
            detail.contains("services started Sat 22:31 / Sun 08:01") && detail.contains("ready Sun 05:40 / Sun 15:10"))
    }

    @Test("The batch pane: the next slot with its countdown, what failed, whom to engage; silent without a plan")
    func batch() throws {
        var night = try late()
        try night.tool(
            "warroom.batch", "auto/1",
            #"{"state":"failed","biller":"B1","module":"Web","scheduledAt":"2025-09-14T10:00:00Z","#
                + #""reason":"multishard"}"#,
            at: "Sun 06:12", source: "events")
        var view = ViewState()
        view.focus = "batch"
        view.isZoomed = true
        let before = text(try night.sight(at: "Sun 06:20", view: view), 120, 35)
        #expect(
            before.contains("next slot Sun 06:45 / 16:15, in 25 min") && before.contains("1 failed")
                && before.contains("multishard"))
        let after = text(try night.sight(at: "Sun 06:50", view: view), 120, 35)
        #expect(after.contains("slot Sun 06:45 / 16:15 missed: engage The desk"))
        let overview = StandingTests.said(Screen.draw(try night.sight(at: "Sun 06:50"), size: GoldenTests.middle))
        #expect(overview.contains("engage The desk"), "\(overview)")
        #expect(!text(try Night.half().sight(at: "Sun 04:31"), 200, 50).contains("BATCH"))
    }
}
