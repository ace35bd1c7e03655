import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The overview at three sizes and three moments")
struct GoldenTests {
    static let small = Size(columns: 80, rows: 24)
    static let middle = Size(columns: 120, rows: 35)
    static let large = Size(columns: 200, rows: 50)

    @Test("a calm Saturday evening shows what is under way and what comes next")
    func calm() throws {
        let sight = try Night.calm().sight(at: "Sat 22:40:12")
        let wanted = ["LIVE", "lead lead-us", "web1-5", "3/5", "IC-Web3", "IC-Web4", "Smoke 1", "0/4 pending", "26 of 45 min"]
        try Golden.check(Screen.draw(sight, size: Self.small), "calm-80x24", has: wanted + ["SAT 22:40:12", "SUN 08:10:12", "worst: pools 40 of 60 s", "Payments", "SRE Team", "IC-Web3 rebooting", "IC-Web4 installing"])
        try Golden.check(Screen.draw(sight, size: Self.middle), "calm-120x35", has: wanted + ["SAT 13 SEP", "SUN 14 SEP", "IC-Web3 rebooting"])
        try Golden.check(Screen.draw(sight, size: Self.large), "calm-200x50", has: wanted + ["EST (EDT, UTC-4)", "IST (UTC+5:30)"])
    }

    @Test("Sunday 04:31 names the one server that holds the gate")
    func half() throws {
        let sight = try Night.half().sight(at: "Sun 04:31:07")
        let wanted = ["IC-Web4", "4/5", "passed 32/32", "2/3", "Approve Web6-10-Patching"]
        try Golden.check(Screen.draw(sight, size: Self.small), "half-80x24", has: wanted + ["Sun 04:45  Sun 14:15", "in 14 min", "since 03:52, 39 min"])
        try Golden.check(Screen.draw(sight, size: Self.middle), "half-120x35", has: wanted + ["since 03:52, 39 min"])
        try Golden.check(Screen.draw(sight, size: Self.large), "half-200x50", has: wanted)
    }

    @Test("a bad moment says first that the picture is old, and shows no escape sequence")
    func bad() throws {
        let night = try Night.bad()
        let silent = try night.time("Sun 08:19:18")
        let sight = try night.sight(at: "Sun 08:20:00") { $0.hubSilentSince = silent }
        let wanted = ["hub silent since 08:19:18", "40 s old", "stale", "Biller.Portal / Paypal", "IC-Web10"]
        try Golden.check(Screen.draw(sight, size: Self.small), "bad-80x24", has: wanted)
        try Golden.check(Screen.draw(sight, size: Self.middle), "bad-120x35", has: wanted)
        try Golden.check(Screen.draw(sight, size: Self.large), "bad-200x50", has: wanted + ["expected 200, got 503", "connect timed out"])
    }

    @Test("zoomed panes keep the header and the worst source")
    func zoomed() throws {
        let night = try Night.bad()
        for (name, wanted) in [
            ("timeline", ["Approve Web6-10-Patching", "All K8s"]), ("servers", ["IC-Web10", "failed"]), ("tests", ["expected 200, got 503"]),
            ("reviews", ["Paypal", "ISSUES", "作者"]), ("gates", ["before-smoke-2", "shut"]), ("sources", ["connect timed out"]),
            ("loose ends", ["NO CLOSING STEP", "closes with"]),
            ("feed", ["作者"]),
        ] {
            var view = ViewState()
            view.focus = name
            view.isZoomed = true
            for size in [Self.small, Self.middle] {
                let canvas = Screen.draw(try night.sight(at: "Sun 08:20:00", view: view), size: size)
                try Golden.check(canvas, "zoomed-\(name.split(separator: " ").joined(separator: "-"))-\(size.columns)x\(size.rows)", has: wanted)
                #expect(canvas.lines().contains { $0.contains("SOURCE") && $0.contains("worst") })
            }
        }
    }

    @Test("the ASCII glyphs say the same")
    func ascii() throws {
        let night = try Night.bad()
        let sight = try night.sight(at: "Sun 08:20:00", glyphs: .ascii)
        for size in [Self.small, Self.middle, Self.large] {
            let canvas = Screen.draw(sight, size: size)
            #expect(canvas.lines().allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
        }
        try Golden.check(Screen.draw(sight, size: Self.small), "ascii-80x24", has: ["x IC-Web10 patch failed", "~ worst: pools stale"])
    }

    @Test("a selected row is reversed, with the cursor in column 0")
    func selected() throws {
        var view = ViewState()
        view.focus = "reviews"
        view.isZoomed = true
        let path = Runbook.CheckPath(board: "india", team: "payments", check: "paypal")
        view.selected["reviews"] = .check(path)
        let canvas = Screen.draw(try Night.bad().sight(at: "Sun 08:20:00", view: view), size: Self.small)
        try Golden.check(canvas, "selected-80x24", has: ["▌", "✗ Paypal", "more below"])
        let row = canvas.lines().firstIndex { $0.contains("Paypal") } ?? 0
        #expect(canvas.row(row).allSatisfy { $0.role == .cursor })
    }

    @Test("the detail view of a step tells its words, its gate and who said what")
    func detail() throws {
        let night = try Night.half()
        var view = ViewState()
        view.detail = .init(subject: .step("web6-10-patch"), history: Array(night.bridge.recent.suffix(2)))
        let canvas = Screen.draw(try night.sight(at: "Sun 04:31:07", view: view), size: Self.middle)
        try Golden.check(canvas, "detail-step-120x35", has: ["SAYS", "before-web6-10", "IC-Web4", "approval of", "nobody named", "HISTORY"])
        view.detail = .init(subject: .server("IC-Web4"))
        let server = Screen.draw(try night.sight(at: "Sun 04:31:07", view: view), size: Self.middle)
        try Golden.check(server, "detail-server-120x35", has: ["PATCH", "installed", "patch-web", "since", "asked the hub"])
    }

    @Test("the help page is the keymap")
    func help() throws {
        var view = ViewState()
        view.isHelpOpen = true
        let canvas = Screen.draw(try Night.calm().sight(at: "Sat 22:40:12", view: view), size: Size(columns: 120, rows: 60))
        let text = canvas.lines().joined(separator: "\n")
        for binding in Keymap.bindings { #expect(text.contains(binding.words.prefix(60)), "\(binding.name)") }
    }
}
