import OrderedCollections
import Testing
import WarRoomCore

@Suite("What is different in a runbook, in words")
struct RunbookDifferenceTests {
    /// One change of the small night, and what is said of it.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let lines: [String]
        let change: @Sendable (inout Runbook) -> Void

        init(_ name: String, _ lines: [String], _ change: @escaping @Sendable (inout Runbook) -> Void) {
            (testDescription, self.lines, self.change) = (name, lines, change)
        }
    }

    static func step(_ id: String, _ title: String) -> Runbook.Step { .init(id: id, phase: "only", title: title) }

    static let rows = [
        Row(
            "a step is added",
            ["step check (Check): is added"].map { _ in
                "step check (Check) is added: at Sun 03:00 / Sun 03:00; takes 5 min; after open; owner east/money"
            }
        ) { book in
            var check = step("check", "Check")
            check.at = Instant(rfc3339: "2025-09-14T03:00:00Z")
            (check.takes, check.after, check.owner) = (.seconds(300), ["open"], "east/money")
            book.steps["check"] = check
        },
        Row("a step is removed", ["step open (Open the doors) is removed"]) { $0.steps["open"] = nil },
        Row("a step moves on the page", ["step open (Open the doors) moves on the page, now the first"]) { book in
            let open = book.steps.removeValue(forKey: "open")!
            book.steps.updateValue(open, forKey: "open", insertingAt: 0)
        },
        Row(
            "its time, duration and backout",
            [
                "step patch (Patch the first wave): at Sun 01:30 / Sun 01:30, was Sun 01:00 / Sun 01:00; takes "
                    + "45 min, was none; "
                    + "backout 20 min, was none"
            ]
        ) { book in
            book.steps["patch"]!.at = Instant(rfc3339: "2025-09-14T01:30:00Z")
            (book.steps["patch"]!.takes, book.steps["patch"]!.backout) = (.seconds(2700), .seconds(1200))
        },
        Row(
            "its owner, order, gate and title",
            [
                "step open (Open wide): owner Night crew, was east/money; after also patch; gate none, was "
                    + "before-open; title "
                    + "Open wide, was Open the doors; other words"
            ]
        ) { book in
            (book.steps["open"]!.owner, book.steps["open"]!.after) = ("Night crew", ["patch"])
            (book.steps["open"]!.gate, book.steps["open"]!.title) = (nil, "Open wide")
            book.steps["open"]!.says = "Open all of them"
        },
        Row(
            "its evidence, loose ends and messages",
            [
                "step patch (Patch the first wave): done_when wave first: patch failed, was wave first: patch "
                    + "installed; opens "
                    + "also alerts/a1; closes also jobs/x; tests quick, was none; other messages"
            ]
        ) { book in
            book.steps["patch"]!.doneWhen = Need(.wave, "first", .patch, "failed")
            book.steps["patch"]!.opens = [.alerts("a1")]
            book.steps["patch"]!.closes = [LooseEndID("jobs/x")]
            (book.steps["patch"]!.tests, book.steps["patch"]!.messages) = ("quick", ["#ops": "Hello"])
        },
        Row(
            "its tickets, risk, links and signs",
            [
                "step patch (Patch the first wave): wave first, was none; server a1, was none; tickets also "
                    + "T-1; risk high, was "
                    + "none; other links; evidence also green"
            ]
        ) { book in
            (book.steps["patch"]!.tickets, book.steps["patch"]!.risk) = (["T-1"], "high")
            (book.steps["patch"]!.links, book.steps["patch"]!.evidence) = ([.init(title: "here")], ["green"])
            (book.steps["patch"]!.wave, book.steps["patch"]!.server) = ("first", "a1")
        },
        Row("a phase", ["phase only (All): title All, was Only", "phase late (Late) is added"].reversed()) { book in
            book.phases["only"]!.title = "All"
            book.phases["late"] = .init(id: "late", title: "Late")
        },
        Row(
            "a gate's needs and approvers",
            [
                "gate before-open (Before open): needs step patch: done, no more tests quick: passed; approvers "
                    + "also Boss; "
                    + "four_eyes also patch; button b/s, was none"
            ]
        ) { book in
            book.gates["before-open"]!.needs = [Need(.wave, "first", .pools, "in"), Need(.step, "patch", .is, "done")]
            (book.gates["before-open"]!.approvers, book.gates["before-open"]!.fourEyes) = (["Boss"], ["patch"])
            book.gates["before-open"]!.button = "b/s"
        },
        Row("a gate comes", ["gate late (Late) is added"]) { $0.gates["late"] = .init(id: "late", title: "Late") },
        Row(
            "whose roles change",
            [
                "access: anna, %ops may act as lead", "access: tim may act as monitoring",
                "access: other users may connect",
                "roles: signatures of also Boss; approvers also Boss",
            ]
        ) { book in
            book.access = [.init(role: .lead, members: ["anna", "%ops"]), .init(role: .monitoring, members: ["tim"])]
            (book.sign, book.approvers) = ([.approver("Boss")], ["Boss"])
        },
        Row(
            "servers",
            [
                "server a3 is added", "server a10 is removed",
                "server a1: kind web, was none; pools no more inner; aliases also A1",
            ]
        ) { book in
            book.servers["a3"] = .init(name: "a3")
            book.servers["a10"] = nil
            (book.servers["a1"]!.kind, book.servers["a1"]!.pools) = ("web", ["outer"])
            book.servers["a1"]!.aliases = ["A1"]
        },
        Row("a wave", ["wave first: servers no more a10; boots 2, was 1; soak 20 min, was none; stop_on also alert"]) {
            book in
            book.waves["first"] = .init(
                id: "first", servers: ["a1", "a2"], boots: 2, soak: .seconds(1200), stopOn: [.alert])
        },
        Row("a pool", ["pool outer (Outside): minimum 2, was none; in agw, was none; title Outside, was Outer"]) {
            book in
            book.pools["outer"] = .init(name: "outer", title: "Outside", balancer: "agw", minimum: 2)
        },
        Row("a test run", ["test run quick (Quick): after no more patch; expect 4, was 3; url u, was none"]) { book in
            book.tests["quick"] = .init(id: "quick", title: "Quick", url: "u", expect: 4)
        },
        Row(
            "boards, teams and checks",
            [
                "board west (West) is added", "board east (East): due Sun 07:00 / Sun 07:00, was Sun 06:00 / Sun 06:00",
                "check east/money/in (In): recheck_after also patch", "check east/money/out (Out) is removed",
            ].sorted()
        ) { book in
            book.boards["west"] = .init(id: "west", title: "West")
            book.boards["east"]!.due = Instant(rfc3339: "2025-09-14T07:00:00Z")
            book.boards["east"]!.teams["money"]!.checks["out"] = nil
            book.boards["east"]!.teams["money"]!.checks["in"]!.recheckAfter = ["patch"]
        },
        Row(
            "sources",
            [
                "source new is added", "source patcher is removed",
                "source pools: reads status-files z, was status-files y; every 9 s, was 2 s; stale_after 2 min, "
                    + "was 60 s; authority no "
                    + "more pools",
            ]
        ) { book in
            book.sources["patcher"] = nil
            book.sources["new"] = SourcePlan(id: "new", kind: .ndjson(path: "n"))
            book.sources["pools"] = SourcePlan(
                id: "pools", kind: .statusFiles(path: "z"), every: .seconds(9), staleAfter: .seconds(120))
        },
        Row("pipelines and metrics", ["pipeline p (P) is added", "metric m is added"]) { book in
            book.pipelines["p"] = .init(id: "p", title: "P")
            book.metrics["m"] = .init(id: "m", goal: "less")
        },
        Row(
            "the night itself",
            [
                "the night: title Big night, was Small night", "the night: other label GMT, was UTC",
                "the night: window opens Sat 22:00 / Sat 22:00, was Sat 23:00 / Sat 23:00",
                "the night: window closes Sun 10:00 / Sun 10:00, was none", "the night: channels also #ops",
                "the night: batch guard 23:00-00:30, was none",
            ]
        ) { book in
            (book.title, book.zones.other.label) = ("Big night", "GMT")
            book.window = .init(
                opens: Instant(rfc3339: "2025-09-13T22:00:00Z"), closes: Instant(rfc3339: "2025-09-14T10:00:00Z"))
            (book.channels, book.batch) = (["#ops"], .init(guardBand: "23:00-00:30"))
        },
        Row(
            "comments alone",
            [
                "only what the night does not go by: comments, the order of keys, keys that begin with x-"
            ]
        ) { _ in },
    ]

    @Test("Each thing that is other has its line", arguments: rows)
    func said(_ row: Row) {
        var new = Scenario.smallNight
        row.change(&new)
        new.fingerprint = "new"
        let lines = RunbookDifference(from: Scenario.smallNight, to: new).lines
        #expect(lines.sorted() == row.lines.sorted())
    }

    @Test("The same text has no difference, and a long list is cut with how many more there are")
    func cut() {
        var new = Scenario.smallNight
        #expect(RunbookDifference(from: new, to: new).lines.isEmpty)
        for number in 1...9 { new.servers["x\(number)"] = .init(name: "x\(number)") }
        let difference = RunbookDifference(from: Scenario.smallNight, to: new)
        #expect(difference.lines(upTo: 9).count == 9)
        #expect(difference.lines(upTo: 4) == (1...4).map { "server x\($0) is added" } + ["and 5 more"])
    }
}
