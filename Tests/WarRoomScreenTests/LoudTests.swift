import Testing
import WarRoomCore

@testable import WarRoomScreen

/// Amber and red are for what needs a person now. A cell is loud where its ground is amber or red, whatever stands in
/// it, and where it has no such ground but a letter in amber or red. The tab of an amber or red band is counted with
/// the band.
@Suite("How much of a picture is loud")
struct LoudTests {
    private static let sizes = [GoldenTests.small, GoldenTests.middle, GoldenTests.large]

    struct Count: Equatable {
        var band = 0
        /// The cells of the strip, and its rows.
        var strip = 0
        var stripRows = 0
        var elsewhere = 0
        /// Where those stand, for a message.
        var places: [String] = []
    }

    static func count(_ canvas: Canvas) -> Count {
        var count = Count()
        for row in 0..<canvas.size.rows {
            var strip = 0
            var loud = ""
            for cell in canvas.row(row) {
                switch cell.role {
                case .bandActTab, .bandAct, .bandActNote, .bandBlockedTab, .bandBlocked, .bandBlockedNote:
                    count.band += 1
                case .tileAct: strip += 1
                case .tileBad:
                    count.elsewhere += 1
                    loud.append(cell.glyph)
                case .act, .bad, .tileActQuiet, .tileBadQuiet, .barFailed:
                    guard cell.glyph != " " else { continue }
                    count.elsewhere += 1
                    loud.append(cell.glyph)
                default: break
                }
            }
            // The strip goes from edge to edge; a row that is amber in part is none.
            if strip == canvas.size.columns {
                (count.strip, count.stripRows) = (count.strip + strip, count.stripRows + 1)
            } else if strip > 0 {
                count.elsewhere += strip
                loud += "(\(strip) amber)"
            }
            if !loud.isEmpty { count.places.append("\(row): \(loud)") }
        }
        return count
    }

    private static func counted(_ sight: Sight, _ size: Size) -> (Count, String) {
        let canvas = Screen.draw(sight, size: size)
        let count = count(canvas)
        return (
            count,
            "\(size) band \(count.band), strip \(count.strip) "
                + "\(count.places)\n\(canvas.lines().joined(separator: "\n"))"
        )
    }

    @Test("a calm picture has no loud cell: nothing is amber or red, whether nothing runs or all runs well")
    func calm() throws {
        for isPresenting in [false, true] {
            let view = ViewState(isPresenting: isPresenting)
            for glyphs in GlyphSet.allCases {
                let sights =
                    try [Scene.quiet, .running].map { try $0.sight(view: view, glyphs: glyphs) }
                    + [Moment.sat1905, .sun0210].map { try $0.sight(view: view, glyphs: glyphs) }
                for sight in sights {
                    for size in Self.sizes {
                        let (count, picture) = Self.counted(sight, size)
                        #expect(count == LoudTests.Count(), "presenter \(isPresenting) \(picture)")
                    }
                }
            }
        }
    }

    @Test("where work runs and somebody is needed beside it one row is amber, and hardly anything else")
    func busy() throws {
        for isPresenting in [false, true] {
            let sight = try Scene.busy.sight(view: ViewState(isPresenting: isPresenting))
            for size in Self.sizes {
                let (count, picture) = Self.counted(sight, size)
                #expect(count.band == 0 && count.stripRows == 1, "presenter \(isPresenting) \(picture)")
                #expect(count.elsewhere <= 12, "presenter \(isPresenting), \(count.elsewhere) elsewhere: \(picture)")
            }
        }
    }

    @Test("where the way on needs a person or is shut the band is loud, and outside it only signs and short words")
    func loud() throws {
        for scene in [Scene.act, .blocked] {
            for isPresenting in [false, true] {
                let sight = try scene.sight(view: ViewState(isPresenting: isPresenting))
                for size in Self.sizes {
                    let (count, picture) = Self.counted(sight, size)
                    let what = "\(scene), presenter \(isPresenting)"
                    #expect(count.band > size.columns && count.stripRows == 0, "\(what) \(picture)")
                    #expect(count.elsewhere <= 120, "\(what), \(count.elsewhere) elsewhere: \(picture)")
                }
            }
        }
    }

    @Test("an old picture has no loud band and no strip: nobody can act on it")
    func old() throws {
        for isPresenting in [false, true] {
            let sight = try Scene.old.sight(view: ViewState(isPresenting: isPresenting))
            for size in Self.sizes {
                let (count, picture) = Self.counted(sight, size)
                #expect(count.band == 0 && count.stripRows == 0 && count.elsewhere <= 120, "\(picture)")
            }
        }
    }

    @Test("no prose is amber or red outside the band: no row has more than one phrase of it, and none is long")
    func prose() throws {
        for scene in Scene.allCases {
            for isPresenting in [false, true] {
                for size in Self.sizes {
                    let canvas = Screen.draw(
                        try scene.sight(view: ViewState(isPresenting: isPresenting)), size: size)
                    for row in 0..<size.rows {
                        var run = ""
                        for cell in canvas.row(row) + [.blank] {
                            if cell.role == .act || cell.role == .bad {
                                run.append(cell.glyph)
                                continue
                            }
                            let words = run.split(separator: " ")
                            #expect(
                                words.count <= 6 && run.count <= 32,
                                "\(scene) \(size), presenter \(isPresenting), row \(row): \(run)")
                            run = ""
                        }
                    }
                }
            }
        }
    }
}
