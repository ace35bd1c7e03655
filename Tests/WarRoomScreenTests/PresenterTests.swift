import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The presenter's layout, and the designed sizes")
struct PresenterTests {
    static let sizes = [(80, 24), (100, 30), (120, 35), (160, 45), (200, 50), (300, 80)].map {
        Size(columns: $0.0, rows: $0.1)
    }

    @Test(
        """
        clocks of hours and minutes, the sentence, on whom and since when, next, waves, runs, loose ends and trust at \
        every size
        """
    )
    func whole() throws {
        let sight = try Moment.sun0431.sight(view: ViewState(isPresenting: true))
        for size in Self.sizes {
            let canvas = Screen.draw(sight, size: size)
            let wanted: [Wanted] = [
                .row(["SUN 14 SEP", "EST (EDT, UTC-4)", "SUN 14 SEP", "IST (UTC+5:30)"]), .row(["██"]),
                .row(["WAIT", "Waiting for Put back in the Internal LB, undone"]),
                .row(["ON", "nobody named", "SINCE", "Sun 03:52 / Sun 13:22", "39 min"]),
                .row(["━", "alerts muted 16 min", "━"]), .row(["DUE", "Sun 04:30", "Sun 14:00", "Approve Web6-10"]),
                .row(["web1-5"]), .row(["! IC-Web4"]), .row(["Smoke 1"]), .row(["LOOSE"]), .row(["SOURCE"]),
                .role(row: "Waiting for", "Waiting", .sentence),
                .never("04:31:07"), .never(":07"), .never("GATES"), .never("help"),
            ]
            for wanted in wanted {
                if let missing = wanted.isMissing(in: canvas) {
                    Issue.record(
                        "\(size.columns)x\(size.rows) must show \(missing):\n\(canvas.lines().joined(separator: "\n"))")
                }
            }
        }
        try Golden.check(Screen.draw(sight, size: GoldenTests.middle), "presenter-120x35", has: [])
        try Golden.check(Screen.draw(sight, size: GoldenTests.small), "presenter-80x24", has: [])
    }

    @Test("only the minute changes: within one nothing is drawn anew, whatever the seconds and the ages do")
    func still() throws {
        let night = try Night.half()
        let view = ViewState(isPresenting: true)
        for size in Self.sizes {
            let first = try night.sight(at: "Sun 04:31:00", view: view)
            let canvas = Screen.draw(first, size: size)
            for second in ["04:31:01", "04:31:29", "04:31:59"] {
                let later = try night.sight(at: "Sun " + second, view: view)
                #expect(Screen.draw(later, size: size) == canvas, "\(second)")
                #expect(Screen.tick(canvas, from: first, to: later) == canvas, "\(second)")
            }
            let next = try night.sight(at: "Sun 04:32:00", view: view)
            #expect(Screen.draw(next, size: size) != canvas && Screen.tick(canvas, from: first, to: next) == nil)
        }
    }

    @Test("a presenter on a screen that is too small for it has the overview, without seconds")
    func small() throws {
        let sight = try Moment.sun0431.sight(view: ViewState(isPresenting: true))
        let lines = Screen.draw(sight, size: Size(columns: 60, rows: 12)).lines()
        #expect(
            lines.contains { $0.contains("SUN 04:31 ") && $0.contains("SUN 14:01 ") }
                && lines.contains { $0.contains("Waiting for") }, "\(lines)")
    }

    @Test(
        "the overview of every size shows what every bridge needs, and its dividers stand straight beside wide letters")
    func designed() throws {
        let sight = try Moment.sun0820.sight()
        for size in Self.sizes {
            let canvas = Screen.draw(sight, size: size)
            let text = canvas.lines().joined(separator: "\n")
            for words in [
                "IST (UTC+5:30)", "Smoke 2 is running", "web6-10", "IC-Web10", "Payments Team", "SRE Team", "Smoke 1",
                "LOOSE", "pools", "stale",
            ] {
                #expect(text.contains(words), "\(size.columns)x\(size.rows) shows no \"\(words)\":\n\(text)")
            }
            let dividers: [Int] =
                size.columns >= 300
                ? [66, 133, 200]
                : size.columns >= 200
                    ? [66, 133]
                    : size.columns >= 140 ? [size.columns * 3 / 5] : size.columns >= 120 ? [size.columns * 2 / 3] : []
            for column in dividers {
                let rows = (0..<size.rows).filter { canvas[column, $0].glyph == "│" }
                let (first, last) = (rows.first ?? 0, rows.last ?? 0)
                #expect(
                    rows.count >= 4 && rows == Array(first...last),
                    "\(size.columns)x\(size.rows): the divider at \(column) stands on \(rows)")
            }
        }
    }

    @Test("from 300 columns on the journal has a column of its own at full height, and the three others do not stretch")
    func far() throws {
        let canvas = Screen.draw(try Moment.sun0820.sight(), size: Size(columns: 300, rows: 80))
        let row = try #require(canvas.lines().firstIndex { $0.contains("FEED") })
        #expect(canvas.lines()[row].contains("TIMELINE") && canvas[202, row].glyph == "F")
        let entries = (row..<80).count { y in (203..<210).contains { canvas[$0, y].glyph.isNumber } }
        #expect(entries >= 40, "\(entries) entries")
    }

    @Test("20x5 shows both clocks and the sentence, 20x3 too")
    func least() throws {
        for rows in [5, 3] {
            let lines = Screen.draw(try Moment.sun0431.sight(), size: Size(columns: 20, rows: rows)).lines()
            #expect(
                lines.contains { $0.contains("04:31") && $0.contains("14:01") }
                    && lines.contains { $0.contains("Waiting") }, "\(lines)")
        }
    }
}
