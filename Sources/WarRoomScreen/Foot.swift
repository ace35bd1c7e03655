import WarRoomCore

/// What stands over the picture: the mark of the focus, and menu, text field and message on the last rows.
enum Foot {
    /// The pane with the focus has the cursor before its word; once somebody went there, its word is reversed too.
    static func markFocus(_ line: Line, column: Int, row: Int, showsFocus: Bool, on canvas: inout Canvas) {
        guard let word = line.pieces.first(where: { $0.copies == 0 }), word.column > 0 else {
            // Where the word has no room, the first cell stands for it.
            if showsFocus { canvas.paint(row: row, from: column, to: column + 1, role: .cursor) }
            return
        }
        let width = min(CellWidth.of(word.text, on: canvas.glyphs), word.limit - word.column)
        let start = column + word.column
        canvas.put(.cursor, column: column, row: row, role: word.role)
        if showsFocus { canvas.paint(row: row, from: start, to: start + width, role: .cursor) }
    }

    static func draw(_ sight: Sight, over layout: Layout, on canvas: inout Canvas) {
        let size = canvas.size
        let last = size.rows - 1
        if let prompt = sight.view.prompt {
            canvas.clear(row: last, from: 0, to: size.columns)
            let isCommand = prompt.purpose == .command
            let label = isCommand ? " :" : " \(prompt.label): "
            let x = canvas.put(label, column: 0, row: last, role: .strip, limit: max(size.columns / 2, 1))
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
            let dialog = Dialog(menu, sight, size: size)
            let end = end(of: dialog, over: placed, rows: size.rows)
            let written = placed.filter { $0.row < end && !$0.line.words.isEmpty }.map(\.row).max() ?? 0
            let top = top(of: dialog, over: placed, end: end)
            dialog.draw(from: top, to: end, under: max(written + 1, top), on: &canvas)
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

    /// A word to the person: its sign in the colour of what it means, the words themselves plain.
    private static func say(_ message: ViewState.Message, on canvas: inout Canvas) {
        let size = canvas.size
        canvas.clear(row: size.rows - 1, from: 0, to: size.columns)
        var x = min(1, size.columns - 1)
        if let sign = sign(of: message.role) {
            canvas.put(sign.text(canvas.glyphs), column: x, row: size.rows - 1, role: message.role)
            x += 2
        }
        let role: TextRole = message.role == .waiting ? .waiting : .strong
        canvas.put(message.text, column: x, row: size.rows - 1, role: role)
    }

    private static func sign(of role: TextRole) -> Sign? {
        switch role {
        case .good: .good
        case .act: .need
        case .bad: .bad
        case .moving: .moving
        case .doubt: .stale
        default: nil
        }
    }

    /// The row above which a dialog ends: the worst source stays in sight while there is room for both.
    private static func end(of dialog: Dialog, over placed: [Placed], rows: Int) -> Int {
        // Its number may stand before the word.
        let source = placed.last { $0.line.pieces.first?.text.hasSuffix(SourcesPane.worstWord) ?? false }?.row ?? rows
        return source >= dialog.least ? source : rows
    }

    /// The first row that a dialog may take: clocks and sentence stay in sight while there is room for it below them.
    private static func top(of dialog: Dialog, over placed: [Placed], end: Int) -> Int {
        let header = placed.first { $0.pane != nil }?.row ?? 0
        return end - header >= dialog.least ? header : 0
    }
}
