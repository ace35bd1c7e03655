import WarRoomCore

/// A grid of cells, the only thing that panes draw on. Columns and rows count from 0. Drawing cannot fail: what does
/// not fit is clipped, with a mark.
package struct Canvas: Sendable {
    /// How many cells it has, at least 1x1.
    package let size: Size
    /// The characters that may stand on it.
    let glyphs: GlyphSet
    private(set) var cells: [Cell]
    /// The marks on letters, by the cell's place: a canvas has hardly any.
    private(set) var marks: [Int: [Unicode.Scalar]] = [:]
    /// Where seconds stand, two digits each: all that a tick changes.
    private var seconds: [(column: Int, row: Int)] = []

    /// An empty canvas; a size below 1x1 counts as 1x1.
    package init(size: Size, glyphs: GlyphSet = .unicode) {
        self.size = Size(columns: max(size.columns, 1), rows: max(size.rows, 1))
        self.glyphs = glyphs
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    /// The marks on the letter of a cell, in their order; none where it has none.
    package func marks(column: Int, row: Int) -> [Unicode.Scalar] { marks[row * size.columns + column] ?? [] }

    /// Takes note that a clock's seconds begin at this column.
    mutating func noteSeconds(column: Int, row: Int) {
        if column + 1 < size.columns, row < size.rows { seconds.append((column, row)) }
    }

    /// The rows in which a tick changes something.
    package var tickingRows: Set<Int> { Set(seconds.map(\.row)) }

    /// Sets all clocks' seconds, 0 to 59, and nothing else.
    mutating func tick(_ second: Int) {
        func digit(_ value: Int) -> Unicode.Scalar { Unicode.Scalar(UInt8(ascii: "0") + UInt8(value)) }
        for (column, row) in seconds {
            let place = row * size.columns + column
            (cells[place].letter, cells[place + 1].letter) = (digit(second / 10), digit(second % 10))
        }
    }

    /// The cells of one row; none outside.
    package func row(_ row: Int) -> ArraySlice<Cell> {
        guard row >= 0, row < size.rows else { return [] }
        return cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// Each row as text, wide characters once, as wide as the canvas.
    package func lines() -> [String] {
        (0..<size.rows).map { row in
            var text = String.UnicodeScalarView()
            for (column, cell) in self.row(row).enumerated() where !cell.isSecondHalf {
                text.append(cell.letter)
                if cell.isMarked { text.append(contentsOf: marks(column: column, row: row)) }
            }
            return String(text)
        }
    }

    /// Draws text from a column on, up to the column `limit`, which it does not touch. Text from outside is cleaned
    /// here, so that no control or escape sequence reaches a terminal. Text that is cut ends in a mark. Returns the
    /// column after the text.
    @discardableResult
    package mutating func put(
        _ text: String, column: Int, row: Int, role: TextRole, limit: Int = .max
    ) -> Int {
        let limit = min(limit, size.columns)
        guard row >= 0, row < size.rows, column >= 0, column < limit else { return max(column, 0) }
        let base = row * size.columns
        var text = text
        if let end = putASCII(&text, base: base, column: column, role: role, limit: limit) { return end }
        return putAny(CleanText.line(text), base: base, column: column, role: role, limit: limit)
    }

    /// Draws a shape of ours in one cell.
    mutating func put(_ shape: Shape, column: Int, row: Int, role: TextRole) {
        guard let letter = shape.text(glyphs).unicodeScalars.first else { return }
        fill(letter, column: column, row: row, role: role, limit: column + 1)
    }

    /// Draws a sign of ours, which is one cell wide, in every cell up to the limit.
    mutating func fill(_ glyph: Unicode.Scalar, column: Int, row: Int, role: TextRole, limit: Int) {
        let limit = min(limit, size.columns)
        guard row >= 0, row < size.rows, column >= 0, column < limit else { return }
        let base = row * size.columns
        separate(from: column, to: limit, base: base, columns: size.columns)
        for place in column..<limit { cells[base + place] = Cell(glyph, role) }
    }

    /// Draws plain ASCII, as most text is, without cleaning and measuring; `nil` where it is not.
    private mutating func putASCII(
        _ text: inout String, base: Int, column: Int, role: TextRole, limit: Int
    ) -> Int? {
        let size = size
        return text.withUTF8 { bytes -> Int? in
            for byte in bytes where byte < 0x20 || byte >= 0x7F { return nil }
            let fits = column + bytes.count <= limit
            let end = fits ? column + bytes.count : limit
            separate(from: column, to: end, base: base, columns: size.columns)
            for place in column..<(fits ? end : end - 1) {
                cells[base + place] = Cell(Unicode.Scalar(bytes[place - column]), role)
            }
            if !fits { cells[base + end - 1] = Cell(clipMark, role) }
            return end
        }
    }

    private mutating func putAny(_ text: String, base: Int, column: Int, role: TextRole, limit: Int) -> Int {
        var place = column
        var letter: Unicode.Scalar?
        var marks: [Unicode.Scalar] = []
        var width = 0
        /// Writes the cell that has been gathered; false where there is no room for it.
        func flush(_ canvas: inout Canvas) -> Bool {
            guard let scalar = letter else { return true }
            guard place + width <= limit else { return false }
            canvas.separate(from: place, to: place + width, base: base, columns: canvas.size.columns)
            canvas.cells[base + place] = Cell(scalar, role)
            if !marks.isEmpty {
                canvas.cells[base + place].marks = UInt16(marks.count)
                canvas.marks[base + place] = marks
            }
            if width == 2 {
                canvas.cells[base + place + 1] = Cell(" ", role)
                canvas.cells[base + place + 1].isSecondHalf = true
            }
            place += width
            letter = nil
            marks.removeAll(keepingCapacity: true)
            return true
        }
        for scalar in text.unicodeScalars {
            let cells = CellWidth.of(scalar)
            if cells == 0 {
                // A terminal's cell holds one character and four marks on it; nobody writes more in earnest.
                if glyphs == .unicode, letter != nil, marks.count < 4 { marks.append(scalar) }
                continue
            }
            guard flush(&self) else { return clip(at: place, from: column, base: base, role: role, limit: limit) }
            letter = glyphs == .ascii && scalar.value >= 0x80 ? "?" : scalar
            width = glyphs == .ascii ? 1 : cells
        }
        guard flush(&self) else { return clip(at: place, from: column, base: base, role: role, limit: limit) }
        return place
    }

    /// Puts the mark of a cut into the last cell before the limit.
    private mutating func clip(at place: Int, from column: Int, base: Int, role: TextRole, limit: Int) -> Int {
        let mark = max(column, min(place, limit - 1))
        separate(from: mark, to: mark + 1, base: base, columns: size.columns)
        cells[base + mark] = Cell(clipMark, role)
        return mark + 1
    }

    /// Leaves no half of a wide character beside what is about to be written.
    private mutating func separate(from start: Int, to end: Int, base: Int, columns: Int) {
        guard start < end else { return }
        if cells[base + start].isSecondHalf, start > 0 {
            cells[base + start - 1] = Cell(" ", cells[base + start - 1].role)
        }
        if end < columns, cells[base + end].isSecondHalf { cells[base + end].isSecondHalf = false }
    }

    /// Gives cells of a row another role, whatever stands there.
    mutating func paint(row: Int, from start: Int, to end: Int, role: TextRole) {
        guard row >= 0, row < size.rows else { return }
        for column in max(start, 0)..<max(min(end, size.columns), max(start, 0)) {
            cells[row * size.columns + column].role = role
        }
    }

    /// Empties cells of a row; a clock that stood there ticks no more.
    mutating func clear(row: Int, from start: Int, to end: Int, role: TextRole = .plain) {
        guard row >= 0, row < size.rows else { return }
        let (start, end) = (max(start, 0), min(end, size.columns))
        guard start < end else { return }
        separate(from: start, to: end, base: row * size.columns, columns: size.columns)
        seconds.removeAll { $0.row == row && $0.column + 1 >= start && $0.column < end }
        for column in start..<end { cells[row * size.columns + column] = Cell(" ", role) }
    }

    private var clipMark: Unicode.Scalar { glyphs == .unicode ? "…" : "&" }
}
