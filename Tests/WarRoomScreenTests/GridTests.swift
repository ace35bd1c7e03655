import Testing
import WarRoomCore

@testable import WarRoomScreen

@Suite("The grid at every size")
struct GridTests {
    static let sizes = [
        (80, 24), (88, 28), (99, 40), (100, 30), (110, 33), (120, 35), (139, 36), (140, 40), (160, 45), (180, 48),
        (199, 50), (200, 50),
        (220, 56), (250, 60), (289, 70), (290, 70), (300, 80),
    ].map { Size(columns: $0.0, rows: $0.1) }

    private static func sights(_ glyphs: GlyphSet = .unicode) throws -> [(name: String, sight: Sight)] {
        var sights: [(String, Sight)] = []
        for isPresenting in [false, true] {
            let view = ViewState(isPresenting: isPresenting)
            for moment in Moment.allCases {
                sights.append(("\(moment.name) \(isPresenting)", try moment.sight(view: view, glyphs: glyphs)))
            }
            for scene in [Scene.quiet, .busy, .blocked] {
                sights.append(("\(scene) \(isPresenting)", try scene.sight(view: view, glyphs: glyphs)))
            }
        }
        return sights
    }

    @Test("no head of a section is cut", arguments: GlyphSet.allCases)
    func heads(glyphs: GlyphSet) throws {
        let clip = Shape.clip.text(glyphs)
        for (name, sight) in try Self.sights(glyphs) {
            for size in Self.sizes {
                let canvas = Screen.draw(sight, size: size)
                for row in 0..<size.rows {
                    for column in 0..<size.columns {
                        let cell = canvas[column, row]
                        guard cell.role == .head || cell.role == .headNote, String(cell.glyph) == clip else { continue }
                        Issue.record("\(name) \(size): \(canvas.lines()[row])")
                    }
                }
            }
        }
    }

    /// Shapes touch where they are one: letters, clocks, bars. A star stands before the time that it speaks of.
    private static func isText(_ piece: Piece) -> Bool {
        piece.copies == 0 && !piece.tellsSeconds && piece.role != .barCritical
            && piece.text.contains { $0.isLetter || $0.isNumber }
    }

    @Test("no two pieces of text touch or stand one over the other", arguments: GlyphSet.allCases)
    func apart(glyphs: GlyphSet) throws {
        var seen: Set<String> = []
        for (name, sight) in try Self.sights(glyphs) {
            for size in Self.sizes {
                for placed in Layout.of(sight, size: size).placed() {
                    let pieces = placed.line.pieces.filter(Self.isText).sorted { $0.column < $1.column }
                    for (one, next) in zip(pieces, pieces.dropFirst()) {
                        let end = min(one.column + CellWidth.shown(one.text), one.limit, placed.width)
                        let isApart =
                            end < next.column
                            || end == next.column
                                && (one.text.hasSuffix(" ") || next.text.hasPrefix(" ") || next.text.hasPrefix(","))
                        guard !isApart, next.column < placed.width, seen.insert("\(one.text)|\(next.text)").inserted
                        else { continue }
                        Issue.record(
                            "\(name) \(size) \(placed.pane ?? "header"): \"\(one.text)\" and \"\(next.text)\" touch")
                    }
                }
            }
        }
    }

    @Test("nothing stands in the last column of a section beside its neighbour's text", arguments: GlyphSet.allCases)
    func neighbours(glyphs: GlyphSet) throws {
        var seen: Set<String> = []
        for (name, sight) in try Self.sights(glyphs) {
            for size in Self.sizes {
                let canvas = Screen.draw(sight, size: size)
                let placed = Layout.of(sight, size: size).placed()
                let starts = Dictionary(grouping: placed.filter { $0.column > 0 }, by: \.row)
                for (row, right) in starts {
                    for column in Set(right.map(\.column)) {
                        let (left, start) = (canvas[column - 1, row], canvas[column, row])
                        guard left.glyph != " ", start.glyph != " " else { continue }
                        // Shapes of the band go to its edge, and the clocks beside it begin behind a margin.
                        guard seen.insert("\(name) \(size.columns) \(column)").inserted else { continue }
                        Issue.record("\(name) \(size), row \(row), column \(column): \(canvas.lines()[row])")
                    }
                }
            }
        }
    }

    @Test("20x5 shows both clocks, the band's sign and the beginning of the sentence")
    func least() throws {
        let size = Size(columns: 20, rows: 5)
        for glyphs in GlyphSet.allCases {
            for (scene, home, other, said) in [
                (Scene.quiet, "23:35", "09:05", "Nothing to do unt"), (.running, "22:40", "08:10", "Patching"),
                (.busy, "06:02", "15:32", "Approving Web6-10"), (.act, "04:31", "14:01", "Put Web4 back"),
                (.blocked, "08:45", "18:15", "Smoke 2 failed"), (.old, "08:20", "17:50", "Old by"),
            ] {
                let canvas = Screen.draw(try scene.sight(glyphs: glyphs), size: size)
                let lines = canvas.lines()
                #expect(lines.contains { $0.contains(home) && $0.contains(other) }, "\(scene): \(lines)")
                let band = StandingTests.band(canvas).map { lines[$0] }
                #expect(!band.isEmpty && band.contains { $0.contains(said) }, "\(scene): \(lines)")
                #expect(band.contains { !$0.hasPrefix(" ") }, "\(scene) has no sign: \(lines)")
            }
        }
    }
}
