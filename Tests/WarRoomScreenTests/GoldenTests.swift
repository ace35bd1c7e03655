import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("Zoomed panes, details and help")
struct GoldenTests {
    static let small = Size(columns: 80, rows: 24)
    static let middle = Size(columns: 120, rows: 35)
    static let large = Size(columns: 200, rows: 50)

    @Test("zoomed panes keep the header and the worst source")
    func zoomed() throws {
        let night = try Night.bad()
        for (name, wanted) in [
            ("timeline", ["All K8s", "Smoke 2", "Regression"]), ("servers", ["IC-Web10", "failed"]),
            ("tests", ["expected 200, got 503"]),
            ("reviews", ["Paypal", "issues", "作者"]), ("gates", ["before-smoke-2", "shut"]),
            ("sources", ["connect timed out"]),
            ("loose ends", ["no step ends it", "ended by"]),
            ("feed", ["作者"]), ("troubles", ["TROUBLES", "in all"]), ("alerts", ["ALERTS", "none has come in since"]),
            ("pipelines", ["PIPELINES", "not started"]),
        ] {
            var view = ViewState()
            view.focus = name
            view.isZoomed = true
            for size in [Self.small, Self.middle, Self.large] {
                let canvas = Screen.draw(try night.sight(at: "Sun 08:20:00", view: view), size: size)
                try Golden.check(
                    canvas, "zoomed-\(name.split(separator: " ").joined(separator: "-"))-\(size.columns)x\(size.rows)",
                    has: wanted)
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
        try Golden.check(
            Screen.draw(sight, size: Self.small), "ascii-80x24",
            has: ["x Web10 patch failed", "~ worst: pools stale", "WORK IS RUNNING"])
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
        try Golden.check(
            canvas, "detail-step-120x35",
            has: ["SAYS", "before-web6-10", "IC-Web4", "approval of", "nobody is assigned", "HISTORY"])
        view.detail = .init(subject: .server("IC-Web4"))
        let server = Screen.draw(try night.sight(at: "Sun 04:31:07", view: view), size: Self.middle)
        try Golden.check(
            server, "detail-server-120x35", has: ["PATCH", "installed", "patch-web", "since", "asked the hub"])
    }

    @Test("the page of a gate with its dialog, the roll-call and the help, as they are drawn")
    func pages() throws {
        for size in [Self.small, Self.middle, Self.large] {
            let name = "\(size.columns)x\(size.rows)"
            var person = KeyTests.Person(try Night.half(), at: "Sun 04:39:12")
            person.size = size
            person.select("gates", .gate("before-web6-10"))
            try person.press(.enter)
            try Golden.check(Screen.draw(try person.sight(), size: size), "gate-\(name)", has: ["NEEDS", "DECIDE"])
            try person.press(.character("a"), .character("o"))
            try person.type("the pool follows")
            try person.press(.enter)
            try Golden.check(
                Screen.draw(try person.sight(), size: size), "gate-dialog-\(name)",
                has: ["Really override gate", "Not yet", "Override"])
            var caller = KeyTests.Person(try Night.monday(), at: "Sun 23:40:09")
            caller.size = size
            try caller.press(.character("R"))
            try Golden.check(
                Screen.draw(try caller.sight(), size: size), "roll-call-\(name)", has: ["ROLL-CALL", "asked now"])
            caller.view.rollCall = nil
            try caller.press(.character("?"))
            try Golden.check(
                Screen.draw(try caller.sight(), size: size), "help-\(name)", has: ["WHAT CAN BE DONE NOW"])
        }
    }

    @Test("the help page is the keymap, whole at every width")
    func help() throws {
        var view = ViewState()
        view.isHelpOpen = true
        for size in [Size(columns: 80, rows: 200), Size(columns: 120, rows: 120), Size(columns: 200, rows: 90)] {
            let canvas = Screen.draw(try Night.calm().sight(at: "Sat 22:40:12", view: view), size: size)
            // The words of a binding are wrapped within their column.
            let words = Set(canvas.lines().flatMap { $0.split(separator: " ").map(String.init) })
            for binding in Keymap.bindings {
                let missing = binding.words.split(separator: " ").map(String.init).filter { word in
                    !words.contains { $0.hasPrefix(word) }
                }
                #expect(missing.isEmpty, "\(binding.name) at \(size): \(missing)")
            }
        }
    }
}
