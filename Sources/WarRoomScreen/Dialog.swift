import WarRoomCore

/// A menu as it stands over the picture: a filled box with what must be seen before choosing, and the choices under it.
/// In a confirmation the choices stand in one row, and the one that sends nothing is chosen.
struct Dialog {
    let menu: Menu
    let sight: Sight
    /// The columns of the box: beside the rail where there is one.
    private let left: Int
    private let right: Int

    init(_ menu: Menu, _ sight: Sight, size: Size) {
        (self.menu, self.sight) = (menu, sight)
        left = size.columns >= 100 ? 14 : 0
        let margin = size.columns >= 120 ? 14 : 2
        right = size.columns >= 100 ? min(size.columns - margin, left + 112) : size.columns
    }

    // MARK: How many rows

    /// A row of the box above the choices.
    private struct Row {
        var label = ""
        var face: Face?
        let text: String
        /// Where its text stands: what has no label has the whole width.
        let column: Int
    }

    /// The rows that the choices take.
    var choiceRows: Int { isRow ? 1 : menu.choices.count }

    /// The rows without which nobody can choose: the title, the choices and the first facts.
    var least: Int { choiceRows + 1 + min(menu.facts.count, 3) }

    private var labelRoom: Int {
        let widest = labelled.map { CellWidth.shown($0.label ?? "") }.max() ?? 0
        return widest == 0 ? 0 : min(widest, max((right - left) / 3, 8)) + 2
    }

    /// Where values begin.
    private var value: Int { min(left + 4 + labelRoom, max(right - 8, left)) }

    /// A confirmation ends with the time in both zones.
    private var labelled: [Draft.Fact] {
        menu.facts + (menu.isConfirmation ? [Draft.Fact(sight.both(sight.now), label: "Now")] : [])
    }

    /// What must be seen, wrapped and in so many rows; what finds no room is counted, and the time stays.
    private func rows(_ room: Int) -> [Row] {
        let facts = labelled
        func wrapped(_ facts: ArraySlice<Draft.Fact>) -> [Row] {
            facts.enumerated().flatMap { place, fact -> [Row] in
                let isRepeated = place > 0 && facts[facts.startIndex + place - 1].label == fact.label
                let column = fact.label == nil ? min(left + 4, max(right - 8, left)) : value
                let label = isRepeated ? "" : fact.label ?? ""
                return fact.text.wrapped(to: max(right - 2 - column, 1)).enumerated().map { line, text in
                    line > 0
                        ? Row(text: text, column: column)
                        : Row(label: label, face: fact.face, text: text, column: column)
                }
            }
        }
        let time = menu.isConfirmation ? wrapped(facts.suffix(1)) : []
        var rows = wrapped(menu.isConfirmation ? facts.dropLast() : facts[...])
        let most = max(room - time.count, 0)
        if rows.count > most {
            let kept = max(most - 1, 0)
            rows =
                Array(rows.prefix(kept))
                + [Row(text: "\(rows.count - kept) lines more: Esc, then Enter shows all", column: left + 4)].prefix(
                    most)
        }
        return rows + time.prefix(room)
    }

    // MARK: Drawing

    /// Draws it into the rows from `top` to `end`, as many as it needs: right under what is written there where that
    /// leaves room, else at the end. `written` is the row after the last that says something.
    func draw(from top: Int, to end: Int, under written: Int, on canvas: inout Canvas) {
        let room = max(end - top, 1)
        let rows = rows(max(room - choiceRows - 1, 0))
        // The blanks around the facts go first.
        let spare = room - 1 - rows.count - choiceRows
        let gaps = (above: spare >= 2 ? 1 : 0, between: spare >= 1 && !rows.isEmpty ? 1 : 0, below: spare >= 3 ? 1 : 0)
        let height = min(1 + rows.count + choiceRows + gaps.above + gaps.between + gaps.below, end)
        let first = max(min(end - height, written + 1), 0)
        let end = first + height
        for row in first..<end { canvas.clear(row: row, from: left, to: right, role: .strip) }
        title(row: first, on: &canvas)
        var y = first + 1 + gaps.above
        for row in rows {
            put(row, at: y, on: &canvas)
            y += 1
        }
        y += gaps.between
        if isRow { buttons(row: y, on: &canvas) } else { list(from: y, to: end - gaps.below, on: &canvas) }
    }

    private func title(row: Int, on canvas: inout Canvas) {
        canvas.clear(row: row, from: left, to: right, role: .cursor)
        let start = min(left + 2, right - 1)
        let note = menu.isConfirmation ? "this writes to the journal" : ""
        let end = canvas.put(menu.title, column: start, row: row, role: .cursor, limit: right)
        if !note.isEmpty, end + 3 + note.utf8.count <= right - 2 {
            canvas.put(note, column: right - 2 - note.utf8.count, row: row, role: .cursor)
        }
    }

    private func put(_ fact: Row, at row: Int, on canvas: inout Canvas) {
        if let face = fact.face {
            canvas.put(face.sign.text(canvas.glyphs), column: left + 2, row: row, role: .strip, limit: right)
        }
        if !fact.label.isEmpty {
            canvas.put(
                fact.label, column: left + 4, row: row, role: fact.face?.sign == .need ? .strip : .stripNote,
                limit: max(value - 1, left + 5))
        }
        canvas.put(fact.text, column: fact.column, row: row, role: .strip, limit: right)
    }

    // MARK: Choices

    private func word(_ choice: Menu.Choice) -> String {
        choice.face.word + (choice.needsNote ? menu.isConfirmation ? ", say why" : ", with a note" : "")
    }

    /// What stands on a choice's key: Esc goes back wherever nothing is sent.
    private func key(_ choice: Menu.Choice) -> String {
        menu.isConfirmation && choice.draft == nil ? "Esc" : String(choice.key)
    }

    /// The cells of a choice in a row.
    private func width(_ choice: Menu.Choice) -> Int {
        CellWidth.shown(key(choice)) + CellWidth.shown(word(choice)) + 5
    }

    private var isRow: Bool {
        menu.isConfirmation && menu.choices.reduce(0) { $0 + width($1) + 3 } <= right - left - 4
    }

    private func buttons(row: Int, on canvas: inout Canvas) {
        var x = left + 2
        for (place, choice) in menu.choices.enumerated() {
            let isChosen = place == menu.selected
            let keyEnd = canvas.put(" \(key(choice)) ", column: x, row: row, role: .key, limit: right)
            let end = canvas.put(" \(word(choice)) ", column: keyEnd, row: row, role: .strip, limit: right)
            if isChosen { canvas.paint(row: row, from: x, to: end, role: .cursor) }
            x += width(choice) + 2
        }
        let note = "only y sends it"
        if x + note.utf8.count <= right - 2 {
            canvas.put(note, column: right - 2 - note.utf8.count, row: row, role: .stripNote)
        }
    }

    /// One below the other; the chosen one stays in sight where there is little room.
    private func list(from top: Int, to end: Int, on canvas: inout Canvas) {
        let shown = max(min(end - top, menu.choices.count), 0)
        let start = max(0, min(menu.selected - (shown - 1), menu.choices.count - shown))
        for (place, choice) in menu.choices.enumerated().dropFirst(start).prefix(shown) {
            let row = top + place - start
            let isChosen = place == menu.selected
            canvas.put(" \(key(choice)) ", column: left + 2, row: row, role: .key, limit: right)
            let sign = left + 4 + key(choice).utf8.count + 1
            canvas.put(choice.face.sign.text(canvas.glyphs), column: sign, row: row, role: .strip, limit: right)
            canvas.put(word(choice), column: sign + 2, row: row, role: .strip, limit: right)
            if isChosen { canvas.paint(row: row, from: left, to: right, role: .cursor) }
        }
    }
}
