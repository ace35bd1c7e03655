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
        clocks of hours and minutes, the sentence, who must act and since when, next, waves, runs, loose ends "
            + "and trust \
        at every size
        """
    )
    func whole() throws {
        let sight = try Moment.sun0431.sight(view: ViewState(isPresenting: true))
        for size in Self.sizes {
            let canvas = Screen.draw(sight, size: size)
            let wanted: [Wanted] = [
                .row(["SUN 14 SEP"]), .row(["EST (EDT, UTC-4)"]), .row(["IST (UTC+5:30)"]),
                .row(["SOMEBODY MUST ACT", "since Sun 03:52 / Sun 13:22"]),
                .row(["IC-Web4 dropped out", "39 min ago.", "Somebody must put it"]),
                .row(["DUE", "Sun 04:30", "Sun 14:00", "Approve Web6-10"]),
                .row(["Web1-5"]), .row(["! Web4 out"]), .row(["Smoke 1"]),
                .row([size.columns >= 200 ? "LOOSE ENDS" : "STILL OFF"]), .row(["SOURCES", "worst: pools"]),
                .role(row: "IC-Web4 dropped out", "IC-Web4", .bandAct),
                .never("04:31:07"), .never(":07"), .never("GATES"), .never("help"),
            ]
            #expect(StandingTests.said(canvas).contains("(nobody is assigned)"), "\(size)")
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

    @Test("both clocks are shapes of the right time at every size, and what waits is said wherever there is a headline")
    func shapes() throws {
        let sight = try Moment.sun0431.sight(view: ViewState(isPresenting: true))
        for size in Self.sizes {
            let lines = Screen.draw(sight, size: size).lines()
            for clock in ["04:31", "14:01"] {
                let shapes =
                    size.columns >= 200
                    ? Letters.rows(clock, .unicode, scale: .whole) : Letters.rows(clock, .unicode, lowered: true)
                for shape in shapes { #expect(lines.contains { $0.contains(shape) }, "\(size) \(clock)") }
            }
            if size.columns >= 120 {
                #expect(lines.contains { $0.contains("approving Web6-10-Patching") }, "\(size)")
                #expect(lines.contains { $0.contains("cannot start until then") }, "\(size)")
            }
        }
    }

    @Test("a presenter on a screen that is too small for it has the overview, without seconds")
    func small() throws {
        let sight = try Moment.sun0431.sight(view: ViewState(isPresenting: true))
        let lines = Screen.draw(sight, size: Size(columns: 60, rows: 12)).lines()
        #expect(
            lines.contains { $0.contains("Sun 04:31 ") && $0.contains("Sun 14:01 ") }
                && lines.contains { $0.contains("IC-Web4") }, "\(lines)")
    }

    @Test(
        "the overview of every size shows what every bridge needs, and its columns stand straight beside wide letters")
    func designed() throws {
        let sight = try Moment.sun0820.sight()
        for size in Self.sizes {
            let canvas = Screen.draw(sight, size: size)
            let text = canvas.lines().joined(separator: "\n")
            for words in [
                "IST (UTC+5:30)", "THIS PICTURE IS OLD", "The hub has not answered", "Smoke 2", "Web6-10", "Web10",
                "Payments T", "SRE", "Smoke 1", "pools stale", "connect timed out",
                size.columns >= 120 ? "LOOSE ENDS" : "STILL OFF",
            ] {
                #expect(text.contains(words), "\(size.columns)x\(size.rows) shows no \"\(words)\":\n\(text)")
            }
            // What parts two columns is blank on every row on which the right one begins.
            for placed in Layout.of(sight, size: size).placed() where placed.column > 0 && placed.pane != nil {
                #expect(
                    canvas[placed.column - 1, placed.row].glyph == " ",
                    "\(size.columns)x\(size.rows), row \(placed.row): \(canvas.lines()[placed.row])")
            }
        }
    }

    @Test("from 300 columns on the journal has a column of its own at full height, and the three others do not stretch")
    func far() throws {
        let canvas = Screen.draw(try Moment.sun0820.sight(), size: Size(columns: 300, rows: 80))
        let row = try #require(canvas.lines().firstIndex { $0.contains("FEED") })
        let feed = try #require(
            Layout.of(try Moment.sun0820.sight(), size: Size(columns: 300, rows: 80)).placed().first {
                $0.pane == "feed"
            })
        #expect(feed.row == row && feed.column == 209 && row < 35)
        // Each begins with its time.
        let entries = (row + 1..<80).count { y in (209..<216).contains { canvas[$0, y].glyph == ":" } }
        #expect(entries >= 40, "\(entries) entries")
    }

    @Test("20x5 shows both clocks and the sentence, 20x3 too")
    func least() throws {
        for rows in [5, 3] {
            let lines = Screen.draw(try Moment.sun0431.sight(), size: Size(columns: 20, rows: rows)).lines()
            #expect(
                lines.contains { $0.contains("04:31") && $0.contains("14:01") }
                    && lines.contains { $0.contains("Put Web4 back") }, "\(lines)")
        }
    }
}
