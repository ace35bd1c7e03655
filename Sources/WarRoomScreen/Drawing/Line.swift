/// Text at a column of a line, up to a limit that it does not touch.
struct Piece: Equatable {
    var column: Int
    var limit: Int
    var text: String
    var role: TextRole
    /// Whether this is a clock that ends in its seconds, which a tick sets without drawing anything else.
    var tellsSeconds = false
    /// How often a sign or shape of ours, one cell wide, is drawn; 0 for text, which is cleaned and measured.
    var copies = 0
}

/// One row of a pane before it has a place: pieces of text, and what the row speaks of.
struct Line: Equatable {
    var pieces: [Piece] = []
    /// What is selected when the row is.
    var subject: Subject?
    /// A role for the whole row, blanks included.
    var fill: TextRole?
    /// How many cells at its left are filled as the head of a section is.
    var rail = 0

    init(_ subject: Subject? = nil) { self.subject = subject }

    /// Adds text at a column; returns the column after it.
    @discardableResult
    mutating func put(
        _ text: String, at column: Int, _ role: TextRole = .plain, to limit: Int = .max, tellsSeconds: Bool = false
    ) -> Int {
        guard column < limit else { return column }
        pieces.append(Piece(column: column, limit: limit, text: text, role: role, tellsSeconds: tellsSeconds))
        return min(column + CellWidth.shown(text), limit)
    }

    /// Adds text that ends before a column, if it leaves `from` free; returns the column where it starts.
    @discardableResult
    mutating func put(_ text: String, endingAt end: Int, _ role: TextRole = .plain, from start: Int = 0) -> Int {
        let column = max(end - CellWidth.shown(text), start)
        guard column < end, !text.isEmpty else { return end }
        pieces.append(Piece(column: column, limit: end, text: text, role: role))
        return column
    }

    /// Adds a state's sign, a blank and its word.
    @discardableResult
    mutating func put(_ face: Face, at column: Int, _ glyphs: GlyphSet, to limit: Int = .max) -> Int {
        put(face.sign, face.role, at: column, glyphs)
        return put(face.word, at: column + 2, face.wordRole, to: limit)
    }

    /// Adds a sign alone.
    mutating func put(_ sign: Sign, _ role: TextRole, at column: Int, _ glyphs: GlyphSet) {
        pieces.append(Piece(column: column, limit: column + 1, text: sign.text(glyphs), role: role, copies: 1))
    }

    /// Adds a sign or shape so many times: a rule, a bar.
    mutating func put(_ text: String, times count: Int, at column: Int, _ role: TextRole) {
        guard count > 0 else { return }
        pieces.append(Piece(column: column, limit: column + count, text: text, role: role, copies: count))
    }

    /// What a person would read on it, for the search.
    var words: String { pieces.filter { $0.copies == 0 }.map(\.text).joined(separator: " ") }

    /// Draws the line into a canvas, inside the columns that it was made for.
    func draw(on canvas: inout Canvas, column: Int, row: Int, width: Int) {
        if let fill { canvas.clear(row: row, from: column, to: column + width, role: fill) }
        if rail > 0 { canvas.clear(row: row, from: column, to: column + min(rail, width), role: .headNote) }
        for piece in pieces {
            let limit = column + min(piece.limit, width)
            if piece.copies > 0, let glyph = piece.text.unicodeScalars.first {
                canvas.fill(glyph, column: column + piece.column, row: row, role: piece.role, limit: limit)
                continue
            }
            let end = canvas.put(piece.text, column: column + piece.column, row: row, role: piece.role, limit: limit)
            if piece.tellsSeconds, end < limit { canvas.noteSeconds(column: end - 2, row: row) }
        }
    }
}
