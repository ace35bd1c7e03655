import OrderedCollections
import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("What stands where stays there, and what is one thing is never taken for another")
struct StandingTests {
    private static let sizes = [
        Size(columns: 40, rows: 12), GoldenTests.small, Size(columns: 100, rows: 30), GoldenTests.middle,
        Size(columns: 160, rows: 45), GoldenTests.large, Size(columns: 300, rows: 80),
    ]

    static func isBand(_ role: TextRole) -> Bool {
        switch role {
        case .bandCalmTab, .bandCalm, .bandCalmNote, .bandMovingTab, .bandMoving, .bandMovingNote, .bandActTab,
            .bandAct,
            .bandActNote, .bandBlockedTab, .bandBlocked, .bandBlockedNote, .bandSilentTab, .bandSilent,
            .bandSilentNote:
            true
        default: false
        }
    }

    /// The rows of the band.
    static func band(_ canvas: Canvas) -> [Int] {
        (0..<canvas.size.rows).filter { isBand(canvas[0, $0].role) }
    }

    /// What the band says in words, in one line: without the shape in its tab, and what stands beside it.
    static func said(_ canvas: Canvas) -> String {
        let end = canvas.size.columns >= 200 ? canvas.size.columns - 42 : canvas.size.columns
        let words = band(canvas).flatMap { row in
            let start = (0..<end).first { canvas[$0, row].role != canvas[0, row].role } ?? 0
            return (start..<end).map { String(canvas[$0, row].glyph) }.joined().split(separator: " ")
        }
        return words.joined(separator: " ")
    }

    /// The cells in which a clock stands, with those of its seconds.
    private static func clocks(_ canvas: Canvas) -> [Int] {
        canvas.cells.indices.filter { canvas.cells[$0].role == .clockHome || canvas.cells[$0].role == .clockOther }
            .map { $0 / canvas.size.columns }
    }

    private static func places(_ sight: Sight, _ size: Size) -> [String: (row: Int, column: Int)] {
        var places: [String: (row: Int, column: Int)] = [:]
        for placed in Layout.of(sight, size: size).placed() {
            guard let pane = placed.pane, places[pane] == nil else { continue }
            places[pane] = (placed.row, placed.column)
        }
        return places
    }

    @Test(
        "the band's height, the clocks' place and the order of the panes are the same at one size in every state",
        arguments: [false, true], GlyphSet.allCases)
    func standing(isPresenting: Bool, glyphs: GlyphSet) throws {
        let view = ViewState(isPresenting: isPresenting)
        for size in Self.sizes {
            var first: (bands: [Int], clocks: [Int], places: [String: (row: Int, column: Int)])?
            for scene in Scene.allCases {
                let sight = try scene.sight(view: view, glyphs: glyphs)
                let canvas = Screen.draw(sight, size: size)
                let this = (Self.band(canvas), Array(Set(Self.clocks(canvas))).sorted(), Self.places(sight, size))
                let what = "\(scene) \(size), presenter \(isPresenting), \(glyphs)"
                guard let first else {
                    first = this
                    continue
                }
                // Where it has no row of its own, the strip takes the row of the facts.
                let bands = scene == .busy ? this.0.count...this.0.count + 1 : this.0.count...this.0.count
                #expect(bands.contains(first.bands.count), "\(what): the band \(this.0), elsewhere \(first.bands)")
                #expect(this.0.first == first.bands.first, "\(what): the band \(this.0), elsewhere \(first.bands)")
                #expect(this.1 == first.clocks, "\(what): clocks on \(this.1), elsewhere on \(first.clocks)")
                for (name, place) in this.2 {
                    guard let other = first.places[name] else { continue }
                    #expect(place.column == other.column, "\(what): \(name) stands at \(place), elsewhere at \(other)")
                    for (below, lower) in this.2 {
                        guard let otherLower = first.places[below], lower.column == place.column else { continue }
                        #expect(
                            (place.row < lower.row) == (other.row < otherLower.row),
                            "\(what): \(name) at \(place), \(below) at \(lower); elsewhere \(other), \(otherLower)")
                    }
                }
            }
        }
    }

    // MARK: Modes

    /// A night that nobody has taken live; `mode`, whether its runbook is signed, and how far its end is.
    private static func row(
        _ mode: String, isLive: Bool = true, isSigned: Bool = true, _ states: String..., size: Size, glyphs: GlyphSet
    ) throws -> String {
        var runbook = try SampleRunbook.make()
        if !isSigned { runbook.sign = [.lead] }
        if !isLive {
            // One of its two times is an hour off, and nobody has ruled which.
            let date = try #require(CivilDate(runbook.date))
            runbook.pairs = TimePair.all(
                in: "Saturday Evening at 10 PM EST (8:30AM IST)", of: "web1-5", plan: runbook.steps["web1-5"]?.at,
                date: date, zones: runbook.zones, words: ZoneWords(runbook.zones, around: date))
        }
        var night = try Night(runbook)
        if !isLive {
            try night.hub("warroom.bridge", runbook.bridgeID, #"{"state":"opened","mode":"live"}"#, at: "Sat 18:46")
        }
        for state in states {
            try night.person("warroom.bridge", runbook.bridgeID, #"{"state":"\#(state)"}"#, at: "Sat 18:50")
        }
        let sight = try night.sight(at: "Sat 18:55", glyphs: glyphs) { $0.mode = mode }
        return Screen.draw(sight, size: size).lines()[0]
    }

    @Test(
        "live, not live yet, rehearsal and replay differ in their text alone, at every width",
        arguments: GlyphSet.allCases)
    func modes(glyphs: GlyphSet) throws {
        for columns in [200, 120, 80, 40, 20] {
            let size = Size(columns: columns, rows: 24)
            let rows = try [
                ("LIVE", Self.row("live", size: size, glyphs: glyphs)),
                ("NOT LIVE YET", Self.row("live", isLive: false, size: size, glyphs: glyphs)),
                ("REHEARSAL", Self.row("rehearsal", size: size, glyphs: glyphs)),
                ("REPLAY", Self.row("replay", size: size, glyphs: glyphs)),
            ]
            for (word, row) in rows {
                #expect(row.contains(word), "\(columns): \(row)")
                for (other, _) in rows where other != word && !word.contains(other) {
                    #expect(!row.contains(other), "\(columns): \(row)")
                }
            }
            #expect(Set(rows.map(\.1)).count == 4)
            let hatch = Shape.hatch.text(glyphs)
            #expect(rows[2].1.contains(hatch) && rows[3].1.contains("<"), "\(columns): \(rows)")
            #expect(!rows[0].1.contains(hatch) && !rows[1].1.contains(hatch), "\(columns): \(rows)")
        }
    }

    @Test(
        "so do a night that closes, one that is closed and one whose runbook nobody has signed",
        arguments: GlyphSet.allCases)
    func endings(glyphs: GlyphSet) throws {
        for columns in [200, 120, 80, 40] {
            let size = Size(columns: columns, rows: 24)
            var seen: [String: String] = [:]
            for mode in ["live", "rehearsal"] {
                for isSigned in [true, false] {
                    for (word, row) in try [
                        ("", Self.row(mode, isSigned: isSigned, size: size, glyphs: glyphs)),
                        ("CLOSING", Self.row(mode, isSigned: isSigned, "closing", size: size, glyphs: glyphs)),
                        ("CLOSED", Self.row(mode, isSigned: isSigned, "closing", "closed", size: size, glyphs: glyphs)),
                    ] {
                        #expect(row.contains(word) && row.contains(mode.uppercased()), "\(columns): \(row)")
                        #expect(isSigned || row.contains("NOT SIGNED"), "\(columns): \(row)")
                        #expect(
                            seen[row] == nil, "\(columns): \(mode) \(word) \(isSigned) looks like \(seen[row] ?? "")")
                        seen[row] = "\(mode) \(word) \(isSigned)"
                    }
                }
            }
        }
    }

    // MARK: States

    @Test(
        "a band that is shut differs from one that needs a person by sign and by its hatched edge, without any colour",
        arguments: GlyphSet.allCases)
    func blocked(glyphs: GlyphSet) throws {
        for size in Self.sizes + [Size(columns: 20, rows: 5)] {
            for isPresenting in [false, true] {
                let view = ViewState(isPresenting: isPresenting)
                let act = Screen.draw(try Scene.act.sight(view: view, glyphs: glyphs), size: size)
                let shut = Screen.draw(try Scene.blocked.sight(view: view, glyphs: glyphs), size: size)
                let edge = Shape.checker.text(glyphs)
                let rows = Self.band(shut)
                #expect(!rows.isEmpty)
                let right = size.columns - (size.columns >= 200 ? 43 : 1)
                for row in rows {
                    #expect(
                        String(shut[right, row].glyph) == edge,
                        "\(size) \(row)\n\(shut.lines().joined(separator: "\n"))")
                }
                for row in Self.band(act) { #expect(String(act[right, row].glyph) != edge, "\(size) \(row)") }
                // A sign is one of its letters, or the shape of it in the tab.
                func tab(_ canvas: Canvas) -> String {
                    Self.band(canvas).map { row in
                        (0..<16).prefix(while: { canvas[$0, row].role == canvas[0, row].role }).map {
                            String(canvas[$0, row].glyph)
                        }.joined()
                    }.joined(separator: "\n")
                }
                #expect(tab(act) != tab(shut), "\(size)\n\(tab(act))\n\(tab(shut))")
                #expect(tab(act).contains { $0 != " " && $0 != "\n" }, "\(size)\n\(tab(act))")
            }
        }
    }

    @Test(
        "each state of the band has its word and its sign at every size from 80 columns on",
        arguments: GlyphSet.allCases)
    func words(glyphs: GlyphSet) throws {
        for size in Self.sizes where size.columns >= 80 {
            for isPresenting in [false, true] {
                for scene in Scene.allCases {
                    let canvas = Screen.draw(
                        try scene.sight(view: ViewState(isPresenting: isPresenting), glyphs: glyphs), size: size)
                    let rows = Self.band(canvas).map { canvas.lines()[$0] }
                    #expect(rows.contains { $0.contains(scene.word) }, "\(scene) \(size): \(rows)")
                    for other in Scene.allCases where other.word != scene.word {
                        #expect(!rows.contains { $0.contains(other.word) }, "\(scene) \(size): \(rows)")
                    }
                }
            }
        }
    }
}
