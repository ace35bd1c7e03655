import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("Loose ends and troubles on the screen")
struct LooseEndTests {
    /// Two servers that serve although nobody can reach them, and a tool that went past a gate.
    static func wrong() throws -> Night {
        var night = try Night.half()
        for name in ["IC-Web8", "IC-Web9"] {
            try night.tool("warroom.server", name, #"{"reach":"unreachable"}"#, at: "Sun 04:25", source: "patch-web")
        }
        try night.tool("warroom.step", "web6-10-patch", #"{"state":"started"}"#, at: "Sun 04:29", source: "patch-web")
        return night
    }

    private static func text(_ sight: Sight, _ size: Size) -> String {
        Screen.draw(sight, size: size).lines().joined(separator: "\n")
    }

    @Test("the worst of what is wrong is the sentence, and the others are listed where there is room, else counted")
    func troubles() throws {
        let sight = try Self.wrong().sight(at: "Sun 04:31:07")
        for (size, name) in [
            (GoldenTests.small, "wrong-80x24"), (GoldenTests.middle, "wrong-120x35"),
            (GoldenTests.large, "wrong-200x50"),
        ] {
            let canvas = Screen.draw(sight, size: size)
            let lines = canvas.lines()
            let band = StandingTests.band(canvas).map { lines[$0] }.joined(separator: " ")
            #expect(band.contains("more") && band.contains("Web8"), "\(size)\n\(lines.joined(separator: "\n"))")
            if size.columns >= 120 {
                let list = try #require(lines.firstIndex { $0.contains("TROUBLES") })
                for words in ["IC-Web8 is unreachable", "IC-Web9 is unreachable"] {
                    #expect(
                        lines[list...].contains { $0.contains("! " + words) },
                        "\(size)\n\(lines.joined(separator: "\n"))")
                }
            }
            try Golden.check(
                canvas, name, has: ["SOMEBODY MUST ACT", "IC-Web8", size.columns < 120 ? "STILL OFF" : "LOOSE ENDS"])
        }
    }

    @Test("every trouble is in the zoomed list, and its detail tells the server's claims")
    func zoomedTroubles() throws {
        var view = ViewState()
        view.focus = "troubles"
        view.isZoomed = true
        let night = try Self.wrong()
        let text = Self.text(try night.sight(at: "Sun 04:31:07", view: view), GoldenTests.middle)
        #expect(
            text.contains("was started while its gate was shut") && text.contains("6 in all, 3 of the first rank"),
            "\(text)")
        view.detail = .init(subject: .trouble(.unreachableYetServing, "IC-Web8"))
        let detail = Self.text(try night.sight(at: "Sun 04:31:07", view: view), GoldenTests.middle)
        #expect(detail.contains("unreachable") && detail.contains("patch-web"), "\(detail)")
    }

    @Test("Under a mute of a whole system no view has alerts on, whatever their source says; without one all have")
    func muted() throws {
        func texts(_ night: Night) throws -> (wave: String, server: String, page: String, detail: String) {
            var view = ViewState()
            view.focus = "servers"
            view.isZoomed = true
            let zoomed = try night.sight(at: "Sun 00:31", view: view)
            let lines = Screen.draw(zoomed, size: GoldenTests.large).lines()
            view.detail = .init(subject: .wave("web1-5"))
            let page = Self.text(try night.sight(at: "Sun 00:31", view: view), GoldenTests.large)
            view.detail = .init(subject: .server("IC-Web1"))
            let detail = Self.text(try night.sight(at: "Sun 00:31", view: view), GoldenTests.large)
            return (
                lines.first { $0.drop { $0 == " " }.hasPrefix("web1-5 ") } ?? "",
                lines.first { $0.contains("IC-Web1 ") } ?? "", page, detail
            )
        }
        var night = try Night.firstWaveDone()
        let before = try texts(night)
        #expect(before.wave.contains("✓ 5/5") && !before.wave.contains("0/5"), "\(before.wave)")
        #expect(before.server.contains("✓ on") && !before.server.contains("muted"), "\(before.server)")
        #expect(before.page.contains("✓ 5 of 5 alerts"), "\(before.page)")
        #expect(before.detail.contains("✓ on") && !before.detail.contains("muted"), "\(before.detail)")
        try night.person("warroom.looseend", "alerts/pager", #"{"state":"open"}"#, at: "Sun 00:05")
        let under = try texts(night)
        #expect(under.wave.contains("○ 0/5"), "\(under.wave)")
        #expect(under.server.contains("muted 26 min") && !under.server.contains("✓ on"), "\(under.server)")
        #expect(under.page.contains("0 of 5 alerts"), "\(under.page)")
        #expect(under.detail.contains("and yet alerts muted, pager, since"), "\(under.detail)")
    }

    @Test("loose ends of one kind are one, those without a closing step come first and say so")
    func fold() throws {
        let sight = try Night.half().sight(at: "Sun 04:31:07")
        let fold = LooseFold(sight)
        #expect(fold.count == sight.situation.looseEnds.count)
        #expect(fold.groups.reduce(0) { $0 + $1.ends.count } == fold.count)
        #expect(fold.groups.count < fold.count)
        let firstCalm = fold.groups.firstIndex { $0.need == nil } ?? fold.groups.count
        #expect(fold.groups[firstCalm...].allSatisfy { $0.need == nil })
        #expect(fold.groups.first?.need == .noStep)
        for size in [GoldenTests.small, GoldenTests.middle, GoldenTests.large] {
            let text = Self.text(sight, size)
            #expect(
                text.contains(size.columns < 120 ? "\(fold.count) things" : "off: \(fold.count)")
                    && text.contains("no step ends it"), "\(text)")
        }
    }

    @Test("put in by its step and out again: nothing will put it back, so somebody is needed")
    func stillOpen() throws {
        let sight = try Night.half().sight(at: "Sun 04:31:07")
        let end = try #require(
            sight.situation.looseEnds.first { $0.id.server == "IC-Web4" && $0.id.kind == "pool" })
        #expect(LooseFold.need(of: end, sight) == .stillOpen)
    }

    @Test("the row folds to the count and the worst one, and stays from 5 rows on")
    func narrow() throws {
        let sight = try Night.half().sight(at: "Sun 04:31:07")
        for rows in 7...24 {
            let text = Self.text(sight, Size(columns: 80, rows: rows))
            #expect(text.contains("STILL OFF") && text.contains("web6-10"), "\(rows):\n\(text)")
        }
    }

    @Test("a night with nothing open is calm about it")
    func none() throws {
        let night = try Night(try SampleRunbook.make())
        let text = Self.text(try night.sight(at: "Sat 18:00"), GoldenTests.small)
        #expect(text.contains("✓ nothing is switched off"), "\(text)")
    }

    @Test("the detail of a loose end asks for all that opens, closes or watches it, and takes up what comes")
    func detail() throws {
        var person = KeyTests.Person(try Night.half(), at: "Sun 04:31:07")
        person.select("loose ends", .looseEnd("jobs/rescheduled"))
        let asked = try person.press(.enter)
        #expect(
            asked.contains(.history(subject: "jobs/rescheduled"))
                && asked.contains(.history(subject: "reschedule-jobs")), "\(asked)")
        let lines = person.night.bridge.recent
        Screen.gotHistory(&person.view, subject: "reschedule-jobs", lines: [lines[4], lines[6]])
        Screen.gotHistory(&person.view, subject: "jobs/rescheduled", lines: [lines[5]])
        Screen.gotHistory(&person.view, subject: "somebody-else", lines: [lines[7]])
        #expect(person.view.detail?.history?.map(\.entry) == [5, 6, 7])
        #expect(try person.lines().contains { $0.contains("CLOSES") })
    }

    @Test("the status as text lists every loose end and every trouble of the first rank")
    func status() throws {
        let sight = try Self.wrong().sight(at: "Sun 04:31:07")
        let text = Screen.statusText(sight.situation, vitals: sight.vitals).joined(separator: "\n")
        for words in [
            "TROUBLES", "IC-Web9 is unreachable", "was started while its gate was shut", "IC-Web4 dropped out",
            "STILL OFF",
            "no step ends it", "its step is over", "jobs rescheduled",
        ] {
            #expect(text.contains(words), "\(words):\n\(text)")
        }
    }
}
