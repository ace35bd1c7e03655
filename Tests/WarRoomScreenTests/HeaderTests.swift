import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("What stays in sight at every size")
struct HeaderTests {
    private static let sizes = [GoldenTests.small, GoldenTests.middle, GoldenTests.large]
    private static let servers = "servers"

    private static func lines(_ sight: Sight, _ size: Size) -> [String] { Screen.draw(sight, size: size).lines() }

    private static func zoomed(_ pane: String) -> ViewState {
        var view = ViewState()
        view.focus = pane
        view.isZoomed = true
        return view
    }

    @Test("The header counts the servers in service, and shortens its parts from the last one on as it narrows")
    func service() throws {
        let sight = try Night.half().sight(at: "Sun 04:43:00")
        #expect(sight.situation.service.inService == 9 && sight.situation.service.of == 10)
        let whole = ["○ alerts off 28 min", "○ in service 9 of 10", "13 min late", "no end time set"]
        for (columns, rows, wanted) in [
            (200, 50, whole), (160, 45, whole), (120, 35, whole), (80, 24, whole), (64, 24, Array(whole.prefix(2))),
            (44, 24, Array(whole.prefix(1))),
        ] {
            let lines = Self.lines(sight, Size(columns: columns, rows: rows))
            for words in wanted {
                #expect(
                    lines.contains { $0.contains(words) },
                    "\(columns)x\(rows): \(words)\n\(lines.joined(separator: "\n"))")
            }
        }
    }

    @Test(
        """
        Before anybody has reported on a pool the header says nothing of service; with a pool below its minimum it \
        asks for somebody; while its source is silent nobody knows, and nothing is said to be short
        """
    )
    func silent() throws {
        let before = try Night(try SampleRunbook.make()).sight(at: "Sat 19:05:00")
        for size in Self.sizes {
            let band = Screen.draw(before, size: size)
            #expect(!StandingTests.band(band).contains { band.lines()[$0].contains("in service") })
        }
        // The list of the servers says that nobody knows.
        #expect(Self.lines(before, GoldenTests.large).contains { $0.contains("not known who is in service") })
        var short = try Night.half()
        for name in Night.secondWave + Night.firstWave.prefix(2) {
            try short.tool(
                "warroom.server", name, #"{"pools":{"\#(Night.gateway)":"out"}}"#, at: "Sun 04:31", source: "pools")
        }
        #expect(
            Self.lines(try short.sight(at: "Sun 04:31:07"), GoldenTests.large).contains {
                $0.contains("! in service 2 of 10")
            })
        let bad = try Night.bad().sight(at: "Sun 08:20:00")
        #expect(Self.lines(bad, GoldenTests.large).contains { $0.contains("~ in service: not known") })
        // A list that is zoomed says no more than is known.
        for view in [ViewState(), Self.zoomed(Self.servers)] {
            let lines = Self.lines(try Night.bad().sight(at: "Sun 08:20:00", view: view), GoldenTests.large)
            #expect(!lines.contains { $0.contains("0 of 10 in service") && !$0.contains("not known") }, "\(lines)")
        }
        let whole = try Night.evening().sight(at: "Sat 19:05:00")
        #expect(Self.lines(whole, GoldenTests.small).contains { $0.contains("✓ in service 10") })
    }

    @Test("An overridden gate stays on its step's row until the night ends, before, while and after the step runs")
    func override() throws {
        var night = try Night.half()
        func rows(_ night: Night, _ view: ViewState, _ size: Size) throws -> [String] {
            Self.lines(try night.sight(at: "Sun 04:40:00", view: view), size).filter { $0.contains("Approve Web") }
        }
        var view = Self.zoomed("timeline")
        view.selected["timeline"] = .step("web6-10-patch")
        let sizes =
            Self.sizes + [Size(columns: 100, rows: 30), Size(columns: 160, rows: 45), Size(columns: 300, rows: 80)]
        for size in sizes { #expect(try rows(night, view, size).allSatisfy { !$0.contains("≈") }) }
        try night.person(
            "warroom.approval", "before-web6-10",
            #"{"decision":"overridden","as":"Platform Team Member Approver","reason":"told to"}"#, at: "Sun 04:32",
            by: "platform-2")
        for state in ["", "started", "done"] {
            if !state.isEmpty {
                try night.person("warroom.step", "web6-10-patch", #"{"state":"\#(state)"}"#, at: "Sun 04:39")
            }
            for size in sizes {
                let row = try rows(night, view, size)
                // Beside the bars the title has no room for the word.
                let mark = size.columns == 160 || size.columns == 200 ? "≈" : "≈ overridden"
                #expect(row.contains { $0.contains(mark) }, "\(state) \(size): \(row)")
            }
            // In three columns the row is narrow, and only the sign stays.
            let wide = try rows(night, ViewState(), GoldenTests.large)
            #expect(wide.contains { $0.contains("≈") }, "\(state): \(wide)")
            for size in sizes.dropFirst() {
                let lines = Self.lines(try night.sight(at: "Sun 04:40:00"), size).joined(separator: "\n")
                if lines.contains("GATES") { #expect(lines.contains("1 overridden"), "\(size)\n\(lines)") }
            }
        }
        view = ViewState()
        view.detail = .init(subject: .step("web6-10-patch"))
        let detail = Self.lines(try night.sight(at: "Sun 23:00:00", view: view), GoldenTests.middle)
        #expect(
            detail.contains { $0.contains("≈ before-web6-10, overridden") }
                && detail.contains { $0.contains("overridden by platform-2") && $0.contains("told to") }, "\(detail)")
    }

    @Test("A server that cannot be reached is seen in the overview and in its row, whether reach has a column or not")
    func unreachable() throws {
        var night = try Night.calm()
        try night.tool("warroom.server", "IC-Web8", #"{"reach":"unreachable"}"#, at: "Sat 22:39", source: "pools")
        for size in Self.sizes + [Size(columns: 60, rows: 24), Size(columns: 100, rows: 30)] {
            let overview = Self.lines(try night.sight(at: "Sat 22:40:00"), size).joined(separator: "\n")
            #expect(overview.contains("unreachable"), "\(size)\n\(overview)")
            let row = Self.lines(try night.sight(at: "Sat 22:40:00", view: Self.zoomed(Self.servers)), size).filter {
                $0.contains("IC-Web8") && !$0.contains("WRONG")
            }
            #expect(row.contains { $0.contains("✗ unreachable") }, "\(size) \(row)")
        }
        let lines = Self.lines(try night.sight(at: "Sat 22:40:00", view: Self.zoomed(Self.servers)), GoldenTests.middle)
        #expect(lines.contains { $0.contains("patch ") && $0.contains("reach ") }, "\(lines)")
        #expect(lines.contains { $0.contains("web6-10") && $0.contains("✗ 4/5") })
        var view = ViewState()
        view.detail = .init(subject: .server("IC-Web8"))
        let detail = Self.lines(try night.sight(at: "Sat 22:40:00", view: view), GoldenTests.middle)
        #expect(
            detail.contains {
                $0.contains("REACH") && $0.contains("unreachable, says pools")
                    && $0.contains("since Sat 22:39 / Sun 08:09")
            }, "\(detail)")
    }

    @Test("Of two steps undone at one moment the one that the sentence does not speak of stands among what is wrong")
    func undone() throws {
        var night = try Night.firstWaveDone()
        try night.tool(
            "warroom.server", "IC-Web4", #"{"pools":{"\#(Night.gateway)":"out","\#(Night.balancer)":"out"}}"#,
            at: "Sun 03:52", source: "pools")
        let sight = try night.sight(at: "Sun 04:00:00")
        let undone = sight.situation.troubles.filter { $0.kind == .undone }
        try #require(undone.count == 2 && undone[0].since == undone[1].since)
        let other = try #require(undone.first { $0.subject != sight.situation.sentence.subject })
        let told = try #require(undone.first { $0.subject == sight.situation.sentence.subject })
        for size in Self.sizes {
            let lines = Self.lines(sight, size)
            let text = lines.joined(separator: "\n")
            if size.columns >= 200 {
                #expect(
                    text.contains(other.text.prefix(40)) && !text.contains(told.text.prefix(40)), "\(size)\n\(text)")
                continue
            }
            // Both counts say so; the list has the other one alone, in its own words.
            #expect(lines.contains { $0.contains("! 4/5       ! 4/5") }, "\(size)\n\(text)")
            #expect(text.contains("IC-Web4 out of 2 pools"), "\(size)\n\(text)")
            guard size.columns >= 120 else { continue }
            #expect(text.contains("dropped out of the App Gateway and the Internal LB"), "\(size)\n\(text)")
            let list = try #require(lines.firstIndex { $0.contains("TROUBLES") })
            #expect(lines[list...].count { $0.contains("! IC-Web4 dropped out of") } == 1, "\(size)\n\(text)")
        }
    }

    @Test("Heads that are too long for their column are told by the beginnings of their words")
    func heads() throws {
        let lines = Self.lines(try Night.calm().sight(at: "Sat 22:40:00"), GoldenTests.large)
        let row = try #require(lines.firstIndex { $0.contains("SERVERS") })
        let heads = lines[row + 1]
        #expect(heads.contains("patch") && heads.contains("App") && heads.contains("Int") && heads.contains("alerts"))
        #expect("Internal LB".abbreviated(to: 5) == "IntLB" && "alerts".abbreviated(to: 6) == "alerts")
        #expect("Verylongwordindeed".abbreviated(to: 6).count <= 6)
    }

    @Test("Servers in no wave stand in the overview only when something is wrong with one")
    func others() throws {
        var night = try Night.calm()
        try night.tool(
            "warroom.server", "MCC Database Server", #"{"patch":"installed","reboot":"up"}"#, at: "Sat 22:39",
            source: "patch-web")
        #expect(!Self.lines(try night.sight(at: "Sat 22:40:00"), GoldenTests.small).contains { $0.contains("thers") })
        try night.tool(
            "warroom.server", "MCC Database Server", #"{"patch":"failed"}"#, at: "Sat 22:39", source: "patch-web")
        #expect(
            Self.lines(try night.sight(at: "Sat 22:40:00"), GoldenTests.small).contains {
                $0.contains("MCC Database Server patch failed")
            })
        // They are no wave, wherever there is room for them.
        let lines = Self.lines(try night.sight(at: "Sat 22:40:00"), Size(columns: 300, rows: 80))
        #expect(lines.contains { $0.contains("Others") } && !lines.contains { $0.contains("Wave o") }, "\(lines)")
    }
}
