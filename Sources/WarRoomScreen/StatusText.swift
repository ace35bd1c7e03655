import WarRoomCore

/// The bridge as plain text: the overview on as many rows as it wants.
enum StatusText {
    /// Wide enough for a title and its gate, narrow enough for a mail.
    static let columns = 100

    static func lines(_ sight: Sight) -> [String] {
        let canvas = Canvas(size: Size(columns: columns, rows: 240), glyphs: sight.glyphs)
        var overview = Composition(sight: sight, size: canvas.size, hasKeys: false)
        var lines = overview.layout().drawn(on: canvas).lines().map(withoutBlankEnd)
        // The foot of a screen stands at its last rows; in a text it follows the rest.
        var blank = 0
        lines = lines.filter { line in
            blank = line.isEmpty ? blank + 1 : 0
            return blank < 2
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        // The sentence comes first, on one line, for those who read no further.
        return [CleanText.line(Screen.sentence(sight)), ""] + lines
    }

    private static func withoutBlankEnd(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
