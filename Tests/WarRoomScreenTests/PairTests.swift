import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("A page whose times do not fit, and a runbook with holes, on the screen")
struct PairTests {
    /// The sample before its night, where the Indian half of the first wave's start is an hour off.
    private static func night() throws -> Night {
        var runbook = try SampleRunbook.make()
        let date = try #require(CivilDate(runbook.date))
        runbook.pairs = TimePair.all(
            in: "Saturday Evening at 10 PM EST (8:30AM IST)", of: "web1-5", plan: runbook.steps["web1-5"]?.at,
            date: date, zones: runbook.zones, words: ZoneWords(runbook.zones, around: date))
        runbook.holes = [
            Hole(code: "NO-OWNER", count: 9, text: "9 steps have no owner", line: 132, column: 9),
            Hole(code: "PAIR", count: 1, text: "told as a pair", line: 140, column: 15),
        ]
        var night = try Night(runbook)
        // The hub has opened the night, and nobody has taken it live.
        try night.hub("warroom.bridge", runbook.bridgeID, #"{"state":"opened","mode":"live"}"#, at: "Sat 18:46")
        return night
    }

    private static func text(_ sight: Sight, _ size: Size) -> String {
        Screen.draw(sight, size: size).lines().joined(separator: "\n")
    }

    @Test("hold the night back in the first row and in the sentence, which names the first, at every size")
    func heldBack() throws {
        let sight = try Self.night().sight(at: "Sat 18:50")
        for size in [GoldenTests.small, GoldenTests.middle, GoldenTests.large] {
            let canvas = Screen.draw(sight, size: size)
            let said = StandingTests.said(canvas)
            #expect(canvas.lines()[0].contains("NOT LIVE YET"), "\(canvas.lines())")
            for words in [
                "SOMEBODY MUST ACT", "lead-us must settle 1 step time before the night can start",
                "patching IC-Web1-5: 22:00 EST is 07:30 IST, page says 08:30",
            ] { #expect(said.contains(words), "\(size): \(said)") }
        }
    }

    @Test("let it go with a ruling and with the lead's word")
    func live() throws {
        var night = try Self.night()
        try night.person("warroom.ruling", "pair/web1-5", #"{"value":"home","reason":"r"}"#, at: "Sat 18:51")
        let ruled = Self.text(try night.sight(at: "Sat 18:52"), GoldenTests.small)
        #expect(ruled.contains("NOT LIVE YET") && !ruled.contains("settle"), "\(ruled)")
        #expect(ruled.contains("lead-us must go live"), "\(ruled)")
        try night.person("warroom.bridge", night.bridge.runbook.bridgeID, #"{"state":"live"}"#, at: "Sat 18:53")
        let live = Self.text(try night.sight(at: "Sat 18:54"), GoldenTests.small)
        #expect(!live.contains("NOT LIVE") && live.contains(" LIVE "), "\(live)")
    }

    @Test("are in the zoomed list of troubles: each pair, and each kind of hole on one line")
    func zoomed() throws {
        var view = ViewState()
        view.focus = "troubles"
        view.isZoomed = true
        var night = try Self.night()
        let list = Self.text(try night.sight(at: "Sat 18:50", view: view), GoldenTests.middle)
        #expect(
            list.contains("9 steps have no owner") && list.contains("2 in all") && !list.contains("first rank"),
            "\(list)")
        #expect(!list.contains("told as a pair"), "\(list)")
        view.detail = .init(subject: .trouble(.hole, "NO-OWNER"))
        #expect(
            Self.text(try night.sight(at: "Sat 18:50", view: view), GoldenTests.middle).contains("line 132, column 9"))
        view.detail = .init(subject: .trouble(.pair, "pair/web1-5"))
        let page = Self.text(try night.sight(at: "Sat 18:50", view: view), GoldenTests.middle)
        #expect(
            page.contains("home: Sat 22:00 / Sun 07:30") && page.contains("other: Sat 23:00 / Sun 08:30"), "\(page)")
        try night.person(
            "warroom.ruling", "pair/web1-5", #"{"value":"other","reason":"India is right"}"#, at: "Sat 18:51")
        #expect(
            Self.text(try night.sight(at: "Sat 18:52", view: view), GoldenTests.middle).contains("other by lead-us"))
    }
}
