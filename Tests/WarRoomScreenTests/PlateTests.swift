import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

/// Lanes and tiles follow from the runbook: runbooks of any number of waves and runs, and with things missing.
@Suite("Lanes and tiles of any runbook")
struct PlateTests {
    struct Kind: CustomTestStringConvertible {
        var waves = 2
        var tests = 2
        var changes = 4
        var phases = 3
        var hasBatch = true
        var hasWindow = true
        var hasTimes = true
        var hasPools = true
        var testDescription: String {
            "\(waves) waves, \(tests) runs, \(changes) changes, \(phases) phases, batch \(hasBatch), window "
                + "\(hasWindow), "
                + "times \(hasTimes), pools \(hasPools)"
        }
    }

    static let kinds = [
        Kind(waves: 0), Kind(waves: 1), Kind(waves: 2), Kind(waves: 9), Kind(waves: 60), Kind(waves: 2, tests: 0),
        Kind(waves: 3, tests: 14), Kind(hasBatch: false), Kind(hasWindow: false), Kind(hasTimes: false),
        Kind(waves: 0, tests: 0, changes: 0, hasBatch: false, hasPools: false),
        Kind(
            waves: 0, tests: 0, changes: 0, phases: 1, hasBatch: false, hasWindow: false, hasTimes: false,
            hasPools: false),
        Kind(waves: 60, tests: 14, changes: 40),
    ]

    private static func runbook(_ kind: Kind) throws -> Runbook {
        let sample = try SampleRunbook.make()
        var runbook = Runbook(id: "any", title: "Any Night", date: "2025-09-14", zones: sample.zones)
        func time(_ minutes: Int) throws -> Instant { try Night.time("Sat 20:00", sample) + .seconds(minutes * 60) }
        if kind.hasWindow { (runbook.window.opens, runbook.window.closes) = (try time(0), try time(12 * 60)) }
        for place in 1...max(kind.phases, 1) {
            runbook.phases["p\(place)"] = .init(id: "p\(place)", title: "Phase \(place)", says: "")
        }
        if kind.hasPools { runbook.pools["pool"] = .init(name: "pool", title: "Pool") }
        func add(_ id: String, _ title: String, _ place: Int, change: (inout Runbook.Step) -> Void = { _ in }) throws {
            var step = Runbook.Step(id: id, phase: "p\(place % max(kind.phases, 1) + 1)", title: title)
            if kind.hasTimes { step.at = try time(place * 11) }
            change(&step)
            runbook.steps[id] = step
        }
        try add("begin", "Begin", 0) { $0.opens = [LooseEndID("alerts/system"), LooseEndID("jobs/all")] }
        try add("middle", "Look around", 1)
        try add("last", "Say that all is well", 2)
        for place in 0..<kind.waves {
            let server = "Srv\(place + 1)"
            runbook.servers[server] = .init(name: server, kind: "web", pools: kind.hasPools ? ["pool"] : [])
            runbook.waves["w\(place + 1)"] = .init(id: "w\(place + 1)", servers: [server])
            try add("patch-\(place + 1)", "Patch \(server)", place) {
                $0.wave = "w\(place + 1)"
                $0.doneWhen = Need(.wave, "w\(place + 1)", .patch, "installed")
            }
        }
        for place in 0..<kind.tests {
            let id = "t\(place + 1)"
            runbook.tests[id] = .init(id: id, title: "Suite number \(place + 1)", url: "https://t")
            try add("run-\(id)", "Run \(id)", 20 + place) {
                $0.tests = id
                $0.doneWhen = Need(.tests, id, .is, "passed")
            }
        }
        for place in 0..<kind.changes {
            try add("change-\(place)", "Change \(place)", 30 + place) { $0.risk = "low" }
        }
        if kind.hasBatch {
            runbook.batch = .init(
                guardBand: "23:00-00:30", slot: ":45", demo: [], needsStep: nil, engage: nil, checks: [])
        }
        runbook.sources["tool"] = .init(
            id: "tool", kind: .statusFiles(path: "t/*.json"), staleAfter: .seconds(60), authority: [])
        return runbook
    }

    /// Before it, in the midst of it, and after.
    private static func nights(_ kind: Kind) throws -> [(night: Night, at: String)] {
        let runbook = try runbook(kind)
        let before = try Night(runbook)
        var midst = before
        try midst.step("begin", from: "Sat 20:01", to: "Sat 20:09")
        try midst.step("middle", from: "Sat 20:12")
        for place in 1...3 where place <= kind.waves {
            try midst.step("patch-\(place)", from: "Sat 20:2\(place)", to: place < 3 ? "Sat 20:4\(place)" : nil)
            if place < 3 {
                try midst.tool(
                    "warroom.server", "Srv\(place)", #"{"patch":"installed"}"#, at: "Sat 20:3\(place)", source: "tool")
            }
        }
        for place in 1...2 where place <= kind.tests {
            try midst.tool(
                "warroom.tests", "t\(place)",
                #"{"state":"\#(place == 1 ? "passed" : "failed")","total":9,"passed":8,"failed":1}"#,
                at: "Sun 00:1\(place)",
                source: "tool")
        }
        for place in 0..<min(kind.changes, 2) { try midst.step("change-\(place)", from: "Sun 01:10", to: "Sun 01:20") }
        var after = midst
        for id in runbook.steps.keys { try after.person("warroom.step", id, #"{"state":"done"}"#, at: "Sun 09:00") }
        return [(before, "Sat 19:00"), (midst, "Sun 01:30"), (after, "Sun 09:30"), (after, "Wed 09:30")]
    }

    @Test("two to twelve lanes, none with a label over a bar, wherever there is a time", arguments: kinds)
    func lanes(kind: Kind) throws {
        for (night, at) in try Self.nights(kind) {
            for width in [95, 120, 194, 294] {
                let sight = try night.sight(at: at)
                guard let axis = NightAxis(sight, left: 14, right: width - 2) else {
                    #expect(!kind.hasTimes && !kind.hasWindow, "\(at): no lanes")
                    continue
                }
                let lanes = Lanes(sight, axis).all
                #expect((2...12).contains(lanes.count) || kind.phases == 1, "\(at): \(lanes.map(\.title))")
                #expect(Set(lanes.map(\.title)).count == lanes.count, "\(at): \(lanes.map(\.title))")
                for lane in lanes {
                    for glyphs in GlyphSet.allCases {
                        let line = lane.line(glyphs, width: width)
                        let bars = line.pieces.filter { $0.copies > 0 && Self.isBar($0.role) }
                        let words = line.pieces.filter { $0.copies == 0 || !Self.isBar($0.role) && $0.role != .barNow }
                        for word in words {
                            let cells = word.column..<word.column + max(CellWidth.shown(word.text), 1)
                            #expect(cells.upperBound <= width, "\(at) \(width): \(lane.title): \(word.text)")
                            for bar in bars {
                                #expect(
                                    !cells.overlaps(bar.column..<bar.column + bar.copies),
                                    "\(at) \(width): \(lane.title): \(word.text) over a bar")
                            }
                        }
                        for word in words.dropFirst() {
                            #expect(word.column > axis.left - 1, "\(at) \(width): \(lane.title): \(word.text)")
                        }
                    }
                }
                // The hours of both zones are there, and none touches another.
                #expect(axis.hours.count == 2)
                for hours in axis.hours {
                    let pieces = hours.pieces.sorted { $0.column < $1.column }
                    for (one, next) in zip(pieces, pieces.dropFirst()) {
                        #expect(one.column + CellWidth.shown(one.text) < next.column, "\(at) \(width): \(hours.words)")
                    }
                }
            }
        }
    }

    private static func isBar(_ role: TextRole) -> Bool {
        switch role {
        case .barDone, .barRunning, .barForecast, .barPlan, .barCritical, .barBatch, .barFailed, .barOff: true
        default: false
        }
    }

    @Test("three to seven tiles, whatever the runbook has, and they fill the row that they are given", arguments: kinds)
    func tiles(kind: Kind) throws {
        for (night, at) in try Self.nights(kind) {
            let sight = try night.sight(at: at)
            let all = Tile.all(sight)
            for (isShort, room, gap) in [(false, 194, 2), (false, 294, 2), (true, 116, 1), (true, 96, 1)] {
                let tiles = Tile.fitting(all, isShort: isShort, room: room, gap: gap)
                #expect((3...7).contains(tiles.count), "\(at) \(room): \(tiles.map(\.title)) of \(all.map(\.title))")
                #expect(Set(tiles.map(\.title)).count == tiles.count, "\(at): \(tiles.map(\.title))")
            }
            // What is still off, and the worst run, are never those that go.
            let wide = Tile.fitting(all, isShort: false, room: 194, gap: 2)
            #expect(wide.contains { $0.title == "Still switched off" }, "\(at): \(wide.map(\.title))")
        }
    }

    @Test("nothing breaks at any size", arguments: kinds)
    func sizes(kind: Kind) throws {
        for (night, at) in try Self.nights(kind).dropLast() {
            for isPresenting in [false, true] {
                for glyphs in isPresenting ? GlyphSet.allCases : [.unicode] {
                    let sight = try night.sight(at: at, view: ViewState(isPresenting: isPresenting), glyphs: glyphs)
                    for (columns, rows) in [
                        (1, 1), (1, 90), (320, 1), (2, 3), (19, 7), (20, 5), (33, 12), (40, 24), (60, 90), (76, 20),
                        (80, 24),
                        (99, 30), (100, 24), (120, 35), (140, 28), (199, 60), (200, 24), (200, 50), (289, 40),
                        (320, 90),
                    ] {
                        let size = Size(columns: columns, rows: rows)
                        #expect(Screen.draw(sight, size: size).size == size)
                    }
                }
            }
        }
    }
}
