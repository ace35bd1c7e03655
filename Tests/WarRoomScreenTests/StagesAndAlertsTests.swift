import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The panes of alerts and of pipelines, and their words in one line")
struct StagesAndAlertsTests {
    typealias Person = KeyTests.Person

    private static let sizes = [
        GoldenTests.small, Size(columns: 100, rows: 30), GoldenTests.middle, Size(columns: 160, rows: 45),
        GoldenTests.large,
    ]
    private static let wave1 = "Prd-Montly-Patching/Prd-Web1-5-Patching"
    private static let wave2 = "Prd-Montly-Patching/Approve Web6-10-Patching"

    private static func zoomed(_ night: Night, _ pane: String, _ size: Size, at time: String = "Sun 04:40") throws
        -> String
    {
        var view = ViewState()
        (view.focus, view.isZoomed) = (pane, true)
        return Screen.draw(try night.sight(at: time, view: view), size: size).lines().joined(separator: "\n")
    }

    private static func overview(_ night: Night, at time: String = "Sun 04:40") throws -> [String] {
        Screen.draw(try night.sight(at: time), size: Size(columns: 200, rows: 60)).lines()
    }

    /// The half night, whose alerts of the first wave are muted; two alerts came in while they were.
    private static func alerted(looked: Bool = false, over: Bool = false) throws -> Night {
        var night = try Night.half()
        try night.tool(
            "warroom.alert", "f1", #"{"state":"firing","name":"Slow","server":"IC-Web3","summary":"p99 over 2 s"}"#,
            at: "Sun 04:20", source: "pager")
        try night.tool(
            "warroom.alert", "f2", #"{"state":"firing","name":"D","demo":true}"#, at: "Sun 04:21", source: "pager")
        if looked {
            try night.person("warroom.looked", "alert/f1", #"{"was":"a cold cache"}"#, at: "Sun 04:30", by: "ann")
        }
        if over {
            try night.tool(
                "warroom.alert", "f1", #"{"state":"resolved","name":"Slow"}"#, at: "Sun 04:35", source: "pager")
        }
        return night
    }

    // MARK: Alerts

    @Test("an alert stands in the list at every size with its age, until somebody has looked, and then with who has")
    func alerts() throws {
        for size in Self.sizes {
            let text = try Self.zoomed(Self.alerted(), "alerts", size)
            #expect(
                text.contains("fires") && text.contains("Sun 04:20") && text.contains("Sun 13:50"), "\(size): \(text)")
            #expect(text.contains("Slow, IC-Web3") && text.contains("20 min"), "\(size): \(text)")
            let looked = try Self.zoomed(Self.alerted(looked: true), "alerts", size)
            #expect(looked.contains("looked at"), "\(size): \(looked)")
            #expect(size.columns < 120 || looked.contains("ann: a cold cache"), "\(size): \(looked)")
            #expect(try Self.zoomed(Self.alerted(over: true), "alerts", size).contains("over"), "\(size)")
        }
    }

    @Test("where no alert has come in that is said, with since when it would have been caught, and who is muted")
    func none() throws {
        let night = try Night.calm()
        for size in Self.sizes {
            let text = try Self.zoomed(night, "alerts", size, at: "Sat 22:40")
            #expect(text.contains("none has come in since Sat 22:01 / Sun 07:31"), "\(size): \(text)")
            #expect(text.contains("web1-5: 5 of 5 servers"), "\(size): \(text)")
        }
        #expect(try Self.overview(night, at: "Sat 22:40").contains { $0.contains("none has come in since Sat 22:01") })
        #expect(
            try Self.zoomed(Night.evening(), "alerts", GoldenTests.small, at: "Sat 19:05").contains(
                "none has come in on this night"))
    }

    @Test("a asks of an alert what it was, in its pane as among the troubles; of one that is over it says so")
    func lookAtAlert() throws {
        var person = Person(try Self.alerted(), at: "Sun 04:40:00")
        person.view.focus = "alerts"
        try person.press(.character("z"), .character("a"))
        try person.type("a cold cache")
        try person.press(.enter)
        #expect(
            person.intents == [.sends("warroom.looked", "alert/f1", JSON.Object(["was": "a cold cache"]))])
        person = Person(try Self.alerted(over: true), at: "Sun 04:40:00")
        person.view.focus = "alerts"
        try person.press(.character("z"), .character("a"))
        #expect(person.intents.isEmpty && person.view.message?.text.contains("is over") == true)
        try person.press(.enter)
        #expect(try person.lines().joined().contains("OVER"))
    }

    @Test("the words on alerts in one line follow what fires, what was looked at and that nothing came")
    func alertWords() throws {
        func words(_ night: Night) throws -> (Face, String) { AlertsPane.watch(try night.sight(at: "Sun 04:40")) }
        let calm = try words(Night.calm())
        #expect(calm.0.sign == .pending && calm.1 == "alerts: none has come in")
        let loud = try words(Self.alerted())
        #expect(
            loud.0.role == .act && loud.1 == "alerts: 1 fires, nobody has looked", "a demo biller's counts for nobody")
        let looked = try words(Self.alerted(looked: true))
        #expect(looked.0.role == .good && looked.1 == "alerts: 1 has come in, somebody has looked at all")
        #expect(try words(Self.alerted(looked: true, over: true)).1 == "alerts: 1 has come in, none fires any more")
    }

    // MARK: Pipelines

    private static func staged(_ state: String, at time: String = "Sun 04:35") throws -> Night {
        var night = try Night.half()
        try night.tool(
            "warroom.pipeline", wave1,
            #"{"state":"succeeded","startedAt":"2025-09-14T02:14:00Z","finishedAt":"2025-09-14T02:59:00Z"}"#,
            at: "Sat 22:59", source: "ci")
        try night.tool(
            "warroom.pipeline", "healthcheck/Run", #"{"state":"succeeded","runID":"20250824.3"}"#, at: "Sun 04:00",
            source: "ci")
        try night.tool("warroom.pipeline", wave2, #"{"state":"\#(state)"}"#, at: time, source: "ci")
        return night
    }

    @Test("stages stand in the runbook's order with both times, for how long, and what proves nothing says why")
    func stages() throws {
        for size in Self.sizes {
            let lines = try Self.zoomed(Self.staged("running"), "pipelines", size).split(separator: "\n")
            let done = try #require(lines.first { $0.contains("Prd-Web1-5-Patching") }, "\(size)")
            #expect(
                done.contains("✓") && done.contains("Sat 22:14→22:59") && done.contains("Sun 07:44→08:29"), "\(done)")
            let running = try #require(lines.first { $0.contains("▸") && $0.contains("Approve Web6-10") }, "\(size)")
            #expect(running.contains("Sun 04:35→now") && running.contains("5 min"), "\(running)")
            #expect(
                lines.contains { $0.contains("healthcheck") && $0.contains("– ") && $0.contains("no proof") }, "\(size)"
            )
            #expect(lines.contains { $0.contains("Starting Maintenance") && $0.contains("not started") }, "\(size)")
        }
    }

    @Test("in the overview of 200 columns stand the stages that were heard of; what nobody has spoken of stays out")
    func stagesInOverview() throws {
        let lines = try Self.overview(Self.staged("running"))
        #expect(lines.contains { $0.contains("PIPELINES") && $0.contains("1 done, 1 runs, 1 proves nothing") })
        #expect(lines.contains { $0.contains("Prd-Montly-Patching: Prd-Web1-5-Patching") && $0.contains("Sat 22:59") })
        #expect(lines.contains { $0.contains("healthcheck: run dated 24 Aug") && $0.contains("no proof") })
        #expect(!lines.contains { $0.contains("preparation: ") })
    }

    @Test("a stage that is a gate's button waits for its approval, and only where its gate is open is somebody called")
    func button() throws {
        var runbook = try SampleRunbook.make()
        runbook.gates["before-web6-10"]?.button = Self.wave2
        for isOpen in [false, true] {
            var night = try Night(runbook)
            if isOpen { runbook.gates["before-web6-10"]?.needs = [] }
            if isOpen { night = try Night(runbook) }
            try night.tool("warroom.pipeline", Self.wave2, #"{"state":"waiting"}"#, at: "Sun 04:35", source: "ci")
            if isOpen {
                try night.person(
                    "warroom.approval", "before-web6-10",
                    #"{"decision":"approved","as":"Platform Team Member Approver"}"#,
                    at: "Sun 04:36", by: "platform-2")
            }
            let (face, words) = PipelinesPane.watch(try night.sight(at: "Sun 04:40"))
            #expect(words == "pipelines: stage Approve Web6-10-Patching waits for its approval" && words.count <= 70)
            #expect(face.role == (isOpen ? .act : .plain), "\(isOpen)")
        }
    }

    @Test("the worst of all stages gives the one line: what failed, then what waits, runs and has ended")
    func stageWords() throws {
        func words(_ state: String) throws -> String {
            PipelinesPane.watch(try Self.staged(state).sight(at: "Sun 04:40")).1
        }
        #expect(try words("failed") == "pipelines: Approve Web6-10-Patching failed")
        #expect(try words("running") == "pipelines: Approve Web6-10-Patching stage 5 min")
        #expect(try words("waiting") == "pipelines: stage Approve Web6-10-Patching waits")
        #expect(try words("succeeded").hasPrefix("pipelines: 2 stages done"))
        #expect(PipelinesPane.watch(try Night.calm().sight(at: "Sat 22:40")).1 == "pipelines: none has run yet")
    }

    @Test("the page of a stage says its run, its link and what it ends; the step that it ends is not forgotten")
    func stagePage() throws {
        var runbook = try SampleRunbook.make()
        runbook.steps["web6-10-patch"]?.doneWhen = Need(.pipeline, Self.wave2, .is, "succeeded")
        var night = try Night(runbook)
        try night.tool(
            "warroom.pipeline", Self.wave2,
            #"{"state":"running","runID":"20250914.7","url":"https://ci/7","startedAt":"2025-09-14T08:35:00Z"}"#,
            at: "Sun 04:35", source: "ci")
        var person = Person(night, at: "Sun 04:40:00")
        person.size = GoldenTests.middle
        person.select("pipelines", .stage(Self.wave2))
        try person.press(.enter)
        let text = try person.lines().joined(separator: "\n")
        for words in [
            "runs", "20250914.7", "https://ci/7", "Sun 04:35 / Sun 14:05", "Approve Web6-10-Patching", "ci: running",
        ] {
            #expect(text.contains(words), "\(words): \(text)")
        }
        #expect(person.intents == [.history(subject: Self.wave2)])
    }

    @Test("Tab and :pane go to both, and no number does", arguments: ["alerts", "pipelines"])
    func ways(pane: String) throws {
        var person = Person(try Night.half(), at: "Sun 04:31:00")
        #expect(Panes.key(pane) == nil)
        try person.press(.character(":"))
        try person.type("pane \(pane)")
        try person.press(.enter)
        #expect(person.view.focus == pane)
        person.view.focus = "timeline"
        for _ in Panes.all where person.view.focus != pane { try person.press(.tab) }
        #expect(person.view.focus == pane)
    }
}
