import Testing

@testable import WarRoomScreen

@Suite("Canvas, widths and glyphs")
struct CanvasTests {
    func row(_ text: String, width: Int, _ glyphs: GlyphSet = .unicode) -> String {
        var canvas = Canvas(size: Size(columns: width, rows: 1), glyphs: glyphs)
        canvas.put(text, column: 0, row: 0, role: .plain)
        return canvas.lines()[0]
    }

    @Test("text that does not fit ends in a mark")
    func clip() {
        #expect(row("abcdef", width: 6) == "abcdef")
        #expect(row("abcdefg", width: 6) == "abcde…")
        #expect(row("abcdefg", width: 6, .ascii) == "abcde&")
        #expect(row("ab", width: 1) == "…")
    }

    @Test("a wide character is never cut in half")
    func wide() {
        #expect(row("a作者", width: 5) == "a作者")
        #expect(row("a作者", width: 4) == "a作…")
        #expect(row("a作者", width: 3) == "a …")
        #expect(row("作者", width: 3, .ascii) == "?? ")
        var canvas = Canvas(size: Size(columns: 4, rows: 1))
        canvas.put("作者", column: 0, row: 0, role: .plain)
        canvas.put("x", column: 1, row: 0, role: .plain)
        #expect(canvas.lines() == [" x者"])
        canvas.put("y", column: 2, row: 0, role: .plain)
        #expect(canvas.lines() == [" xy "])
        #expect(!canvas[3, 0].isSecondHalf)
    }

    @Test("a mark joins the cell before it, and no more than four do")
    func combining() {
        #expect(row("e\u{301}x", width: 2) == "e\u{301}x")
        #expect(row("e" + String(repeating: "\u{301}", count: 50) + "x", width: 3).unicodeScalars.count <= 7)
        #expect(row("\u{301}a", width: 2) == "a ")
    }

    @Test("escape sequences, controls and reordering never reach a cell")
    func hostile() {
        let text = row("a\u{1B}[2J\u{1B}]0;owned\u{07}b\u{202E}c\u{200B}d\u{0}\u{9B}31me", width: 20)
        #expect(text.unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
        #expect(text.hasPrefix("abcd"))
        #expect(!text.contains("owned"))
    }

    @Test("nothing is drawn outside, and nothing traps")
    func outside() {
        var canvas = Canvas(size: Size(columns: 3, rows: 2))
        for column in -2...5 {
            for row in -2...5 { canvas.put("作x", column: column, row: row, role: .bad, limit: column + 1) }
        }
        canvas.paint(row: 9, from: -4, to: 90, role: .act)
        canvas.clear(row: 0, from: -4, to: 90)
        #expect(canvas.lines().count == 2)
        #expect(Canvas(size: Size(columns: -3, rows: 0)).size == Size(columns: 1, rows: 1))
    }

    @Test("widths are those of a terminal")
    func widths() {
        for (text, width) in [
            ("a", 1), ("é", 1), ("e\u{301}", 1), ("作", 2), ("한", 2), ("Ａ", 2), ("🚀", 2), ("·", 1), ("█", 1), ("─", 1),
            ("€", 1), ("\u{301}", 0), ("🇮🇳", 2), ("☃", 1),
        ] {
            #expect(CellWidth.of(text) == width, "\(text)")
        }
    }

    @Test("every sign and shape is one cell wide, in both sets")
    func oneCell() {
        for glyphs in GlyphSet.allCases {
            for text in Sign.allCases.map({ $0.text(glyphs) }) + Shape.allCases.map({ $0.text(glyphs) }) {
                #expect(text.unicodeScalars.count == 1 && CellWidth.of(text) == 1, "\(text)")
                #expect(text.unicodeScalars.allSatisfy { !$0.properties.isEmojiPresentation }, "\(text)")
            }
        }
        #expect(Sign.allCases.allSatisfy { $0.text(.ascii).utf8.allSatisfy { $0 < 0x7F } })
    }

    @Test("no two signs look alike, and the mark of a clip is none of them")
    func different() {
        for glyphs in GlyphSet.allCases {
            let signs = Sign.allCases.map { $0.text(glyphs) }
            #expect(Set(signs).count == signs.count)
            #expect(!signs.contains(Shape.clip.text(glyphs)))
            #expect(!signs.contains(Shape.cursor.text(glyphs)))
        }
    }

    @Test("a name is shortened word by word, with a mark or run together")
    func abbreviated() {
        #expect("Internal LB".abbreviated(to: 11) == "Internal LB")
        #expect("Internal LB".abbreviated(to: 8) == "Inte. LB")
        #expect("Internal LB".abbreviated(to: 5) == "IntLB")
        #expect("App Gateway".abbreviated(to: 6) == "AppGat")
        for width in 1...20 { #expect(CellWidth.of("Some Long Name".abbreviated(to: width)) <= max(width, 3)) }
    }

    @Test("long text is wrapped between words and never lost")
    func wrapped() {
        let text = "one two three averyveryverylongword 作者作者 end"
        for width in 2...60 {
            let lines = text.wrapped(to: width)
            #expect(lines.allSatisfy { CellWidth.of($0) <= width })
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        }
        #expect(text.wrapped(to: 0).isEmpty)
    }
}
