import WarRoomCore

/// What a page is about, in letters as shapes where there is room for them, else as text.
enum Headline {
    /// Puts it at a column of as many lines as it needs; returns them.
    static func lines(_ text: String, at column: Int, to end: Int, _ glyphs: GlyphSet) -> [Line] {
        let text = CleanText.line(text).uppercased()
        let isShaped =
            glyphs == .unicode && text.utf8.allSatisfy { $0 < 0x80 } && Letters.width(of: text) <= end - column
        let rows = isShaped ? Letters.rows(text, glyphs) : text.wrapped(to: max(end - column, 1))
        return rows.map { row in
            var line = Line()
            line.put(row, at: column, .strong, to: end)
            return line
        }
    }
}
