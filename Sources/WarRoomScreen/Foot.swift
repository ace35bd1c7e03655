import WarRoomCore

/// What stands over the picture: the mark of the focus, and menu, text field and message on the last rows.
enum Foot {
    /// The pane with the focus has the cursor before its word; once somebody went there, its word is reversed too.
    static func markFocus(_ line: Line, column: Int, row: Int, showsFocus: Bool, on canvas: inout Canvas) {
        guard let word = line.pieces.first, word.role == .head, word.column > 0 else {
            // Where the word has no room, the first cell stands for it.
            if showsFocus { canvas.paint(row: row, from: column, to: column + 1, role: .cursor) }
            return
        }
        let width = min(CellWidth.of(word.text, on: canvas.glyphs), word.limit - word.column)
        let start = column + word.column
        canvas.put(.cursor, column: column, row: row, role: .head)
        if showsFocus { canvas.paint(row: row, from: start, to: start + width, role: .cursor) }
    }

    static func draw(_ sight: Sight, over layout: Layout, on canvas: inout Canvas) {
        let size = canvas.size
        let last = size.rows - 1
        if let prompt = sight.view.prompt {
            canvas.clear(row: last, from: 0, to: size.columns)
            let isCommand = prompt.purpose == .command
            let label = isCommand ? " :" : " \(prompt.label): "
            let x = canvas.put(label, column: 0, row: last, role: .strong, limit: max(size.columns / 2, 1))
            // That a text does not fit is said before Enter, and always has its room.
            let excess = prompt.field.excess > 0 ? sight.view.message?.text ?? prompt.field.tooLong : ""
            let room = excess.isEmpty ? 0 : min(CellWidth.of(excess, on: canvas.glyphs) + 2, size.columns * 2 / 3)
            let start = min(x, max(size.columns - room - 8, 0))
            let (text, cursor) = prompt.field.window(size.columns - start - room)
            canvas.clear(row: last, from: start, to: size.columns)
            let end = canvas.put(text, column: start, row: last, role: .plain)
            canvas.paint(row: last, from: start + cursor, to: start + cursor + 1, role: .cursor)
            guard excess.isEmpty else {
                canvas.put(excess, column: size.columns - room + 1, row: last, role: .act)
                return
            }
            // What is wrong with it, else what it can become, behind it.
            let hint = isCommand ? CommandPrompt(sight: sight, text: prompt.field.text).hint : ""
            let said = sight.view.message ?? ViewState.Message(text: hint, role: .waiting)
            if end + 12 < size.columns, !said.text.isEmpty {
                canvas.put(said.text, column: end + 3, row: last, role: said.role)
            }
            return
        }
        if let menu = sight.view.menu {
            let placed = layout.placed()
            let end = end(of: menu, over: placed, rows: size.rows)
            draw(menu, sight, from: top(of: menu, over: placed, end: end), to: end, on: &canvas)
            guard end < size.rows - 1 else { return }
            say(
                sight.view.message ?? ViewState.Message(text: "Enter chooses   Esc goes back", role: .waiting),
                on: &canvas)
        } else if let message = sight.view.message {
            say(message, on: &canvas)
        } else if let sent = sight.view.sent.last {
            say(ViewState.Message(text: "sent, not yet acknowledged: \(sent)", role: .moving), on: &canvas)
        }
    }

    /// What must be seen before choosing, wrapped. A confirmation ends with the time in both zones. What finds no room
    /// is counted.
    private static func facts(of menu: Menu, _ sight: Sight, width: Int, room: Int) -> [Draft.Fact] {
        var lines = menu.facts.flatMap { fact in
            fact.text.wrapped(to: width).enumerated().map { Draft.Fact($1, $0 == 0 ? fact.face : nil) }
        }
        let time = menu.isConfirmation ? [Draft.Fact("now \(sight.both(sight.now))")] : []
        let most = max(room - time.count, 0)
        if lines.count > most {
            lines =
                Array(lines.prefix(max(most - 1, 0)))
                + [Draft.Fact("\(lines.count - max(most - 1, 0)) lines more: Esc, then Enter shows all")].prefix(most)
        }
        return lines + time.prefix(room)
    }

    private static func say(_ message: ViewState.Message, on canvas: inout Canvas) {
        let size = canvas.size
        canvas.clear(row: size.rows - 1, from: 0, to: size.columns)
        canvas.put(message.text, column: min(1, size.columns - 1), row: size.rows - 1, role: message.role)
    }

    /// The row above which a menu ends: the worst source stays in sight while there is room for both.
    private static func end(of menu: Menu, over placed: [Placed], rows: Int) -> Int {
        let source =
            placed.last { $0.line.pieces.first?.text.hasSuffix(SourcesPane.worstWord) ?? false }?.row ?? rows
        return source >= menu.choices.count + 1 + min(menu.facts.count, 3) ? source : rows
    }

    /// The first row that a menu may take: clocks and sentence stay in sight while there is room for it below them.
    private static func top(of menu: Menu, over placed: [Placed], end: Int) -> Int {
        let header = placed.first { $0.pane != nil }?.row ?? 0
        return end - header > menu.choices.count + min(menu.facts.count, 3) ? header : 0
    }

    private static func draw(_ menu: Menu, _ sight: Sight, from top: Int, to end: Int, on canvas: inout Canvas) {
        let size = canvas.size
        let facts = facts(of: menu, sight, width: size.columns - 5, room: max(end - top - menu.choices.count - 1, 0))
        let rows = min(menu.choices.count + 1 + facts.count, end)
        let first = end - rows
        for row in first..<end { canvas.clear(row: row, from: 0, to: size.columns) }
        canvas.put(menu.title, column: min(1, size.columns - 1), row: first, role: .strong)
        for (place, fact) in facts.enumerated() {
            if let face = fact.face {
                canvas.put(face.sign.text(canvas.glyphs), column: 3, row: first + 1 + place, role: face.role)
            }
            canvas.put(fact.text, column: 5, row: first + 1 + place, role: .plain)
        }
        // The selected choice stays in sight where there is little room.
        let shown = rows - 1 - facts.count
        let start = max(0, min(menu.selected - (shown - 1), menu.choices.count - shown))
        for (place, choice) in menu.choices.enumerated().dropFirst(start).prefix(shown) {
            let row = first + 1 + facts.count + place - start
            canvas.put(String(choice.key), column: 3, row: row, role: .strong)
            canvas.put(choice.face.sign.text(canvas.glyphs), column: 6, row: row, role: choice.face.role)
            canvas.put(
                choice.face.word + (choice.needsNote ? ", with a note" : ""), column: 8, row: row,
                role: choice.face.role)
            if place == menu.selected {
                canvas.paint(row: row, from: 0, to: size.columns, role: .cursor)
                canvas.put(Shape.cursor.text(canvas.glyphs), column: 0, row: row, role: .cursor)
            }
        }
    }
}
