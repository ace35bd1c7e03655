public import WarRoomCore

/// The whole screen as values: what it looks like, and what keys do to the view.
public enum Screen {
    /// Draws a bridge as it is seen. Total: any size from 1x1 up.
    public static func draw(_ sight: Sight, size: Size) -> Canvas {
        var canvas = Canvas(size: size, glyphs: sight.glyphs)
        let size = canvas.size
        let view = sight.view
        for placed in Layout.of(sight, size: size).placed {
            placed.line.draw(on: &canvas, column: placed.column, row: placed.row, width: placed.width)
            guard placed.pane == view.focus else { continue }
            if let subject = placed.line.subject, subject == view.selection, view.detail == nil {
                let end = placed.column + placed.width
                canvas.paint(row: placed.row, from: placed.column, to: end, role: .cursor)
                canvas.put(Shape.cursor.text(sight.glyphs), column: placed.column, row: placed.row, role: .cursor)
            } else if placed.isHead, !view.isZoomed, view.detail == nil, !view.isHelpOpen {
                markFocus(placed, on: &canvas)
            }
        }
        drawFoot(sight, on: &canvas)
        return canvas
    }

    /// How far ages move at a time while nothing happens: an idle screen draws the whole picture this often, and sets only
    /// the seconds of its clocks in between.
    public static let ageStep = Duration.seconds(5)

    /// The last canvas with the clocks of a later sight, where the clocks are all that differs; `nil` where more may, and
    /// the whole must be drawn.
    public static func tick(_ canvas: Canvas, from last: Sight, to sight: Sight) -> Canvas? {
        func step(_ sight: Sight) -> Int64 { sight.now.nanoseconds / ageStep.nanosecondCount }
        guard last.situation.isSame(as: sight.situation), step(last) == step(sight), last.view == sight.view,
            last.vitals.isSameButForAges(as: sight.vitals)
        else { return nil }
        var canvas = canvas
        canvas.tick(sight.runbook.zones.home.zone.local(sight.now).second)
        return canvas
    }

    /// The pane with the focus has the cursor before its word, not more: a shared screen stays calm.
    private static func markFocus(_ placed: Placed, on canvas: inout Canvas) {
        guard let word = placed.line.pieces.first, word.role == .gutter, word.column > 0 else { return }
        let width = min(CellWidth.of(word.text, on: canvas.glyphs), word.limit - word.column)
        canvas.put(Shape.cursor.text(canvas.glyphs), column: placed.column, row: placed.row, role: .plain)
        canvas.paint(row: placed.row, from: placed.column + word.column, to: placed.column + word.column + width, role: .plain)
    }

    /// Menu, text field and message stand over the last rows.
    private static func drawFoot(_ sight: Sight, on canvas: inout Canvas) {
        let size = canvas.size
        let last = size.rows - 1
        if let prompt = sight.view.prompt {
            canvas.clear(row: last, from: 0, to: size.columns)
            let x = canvas.put(" \(prompt.label): ", column: 0, row: last, role: .sentence, limit: max(size.columns / 2, 1))
            let (text, cursor) = prompt.field.window(size.columns - x)
            canvas.put(text, column: x, row: last, role: .plain)
            canvas.paint(row: last, from: x + cursor, to: x + cursor + 1, role: .cursor)
        } else if let menu = sight.view.menu {
            draw(menu, on: &canvas)
        } else if let message = sight.view.message {
            canvas.clear(row: last, from: 0, to: size.columns)
            canvas.put(message.text, column: min(1, size.columns - 1), row: last, role: message.role)
        } else if let sent = sight.view.sent.last {
            canvas.clear(row: last, from: 0, to: size.columns)
            canvas.put("\(sent): sent, not yet acknowledged", column: min(1, size.columns - 1), row: last, role: .moving)
        }
    }

    private static func draw(_ menu: ViewState.Menu, on canvas: inout Canvas) {
        let size = canvas.size
        let rows = min(menu.choices.count + 1, size.rows)
        let first = size.rows - rows
        for row in first..<size.rows { canvas.clear(row: row, from: 0, to: size.columns) }
        canvas.put(menu.title, column: min(1, size.columns - 1), row: first, role: .sentence)
        // The selected choice stays in sight where there is little room.
        let start = max(0, min(menu.selected - (rows - 2), menu.choices.count - (rows - 1)))
        for (place, choice) in menu.choices.enumerated().dropFirst(start).prefix(rows - 1) {
            let row = first + 1 + place - start
            canvas.put(String(choice.key), column: 3, row: row, role: .gutter)
            canvas.put(choice.face.sign.text(canvas.glyphs), column: 6, row: row, role: choice.face.role)
            canvas.put(choice.face.word + (choice.needsNote ? ", with a note" : ""), column: 8, row: row, role: choice.face.role)
            if place == menu.selected {
                canvas.paint(row: row, from: 0, to: size.columns, role: .cursor)
                canvas.put(Shape.cursor.text(canvas.glyphs), column: 0, row: row, role: .cursor)
            }
        }
    }

    /// What a key does: changes the view, and asks for what only the world outside can do.
    public static func press(_ key: Key, _ view: inout ViewState, sight: Sight, size: Size) -> [Intent] {
        var sight = sight
        sight.view = view
        var press = Press(sight: sight, size: size)
        press.take(key)
        view = press.view
        return press.intents
    }

    /// The hub's answer to what was sent first and is not answered yet.
    public static func answered(_ view: inout ViewState, ok: Bool, error: String?) {
        let what = view.sent.isEmpty ? "it" : view.sent.removeFirst()
        view.message =
            ok
            ? ViewState.Message(text: "\(what): in the journal", role: .good)
            : ViewState.Message(text: "\(what): refused, \(error ?? "no reason given")", role: .act)
    }

    /// The entries that the hub has about a subject, for the detail view that asked.
    public static func gotHistory(_ view: inout ViewState, subject: String, lines: [FeedLine]) {
        guard view.detail?.subject.eventSubject == subject else { return }
        view.detail?.history = lines
    }

    /// `warroom status`: everything once, as plain text, cleaned.
    public static func statusText(_ situation: Situation, vitals: Vitals) -> [String] {
        StatusText.lines(Sight(situation: situation, vitals: vitals))
    }
}
