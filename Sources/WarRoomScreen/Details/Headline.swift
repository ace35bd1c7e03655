import WarRoomCore

/// What a page is about, large. All pages ask here, so that one place knows the letters.
enum Headline {
    /// The rows of a headline in at most so many cells: its letters apart where there is room, else the text itself,
    /// wrapped.
    private static func rows(_ text: String, width: Int) -> [String] {
        let text = CleanText.line(text).uppercased()
        let spaced = text.split(separator: " ").map { $0.map(String.init).joined(separator: " ") }
            .joined(separator: "   ")
        return CellWidth.of(spaced) <= width ? [spaced] : text.wrapped(to: max(width, 1))
    }

    /// Puts it at a column of as many lines as it needs; returns them.
    static func lines(_ text: String, at column: Int, to end: Int) -> [Line] {
        rows(text, width: end - column).map { row in
            var line = Line()
            line.put(row, at: column, .strong, to: end)
            return line
        }
    }
}
