import WarRoomCore

/// The header as it is presented (`--present`): clocks of hours and minutes as large as there is room for, the
/// sentence, and in a row of its own between heavy rules whom it is on and since when. Only the minute changes.
extension Header {
    /// Whether a screen is large enough for it; smaller ones have the overview's own header, without seconds.
    static func isPresented(at size: Size) -> Bool { size.columns >= 78 && size.rows >= 20 }

    var isPresented: Bool { sight.view.isPresenting && Header.isPresented(at: size) }

    /// How much of the blank rows is kept: 3 all, 0 none.
    static let mostAir = 3

    private var digitRows: Int { size.columns >= 180 && size.rows >= 48 ? 10 : 5 }

    func presentedLines(measuring: Bool) -> [Line] {
        var lines: [Line] = []
        func add(_ line: @autoclosure () -> Line, from air: Int = 0) {
            if extent.air >= air { lines.append(measuring ? Line() : line()) }
        }
        add(Line(), from: 3)
        add(zoneLine)
        add(Line(), from: 3)
        for row in 0..<digitRows { add(digits(row)) }
        add(Line(), from: 1)
        add(heavyRule(StatusLine?.none))
        add(Line(), from: 2)
        for row in presentedSentence { add(row) }
        if let row = onLine {
            add(Line(), from: 3)
            add(row)
        }
        add(Line(), from: 2)
        add(heavyRule(StatusLine(sight)))
        add(Line(), from: 1)
        return lines
    }

    private var presentedSentence: [Line] {
        sentence(at: gutter, text: content, to: size.columns - 1, rows: extent.sentenceRows, tail: "")
    }

    /// `ON whoever   SINCE when in both zones   how long`.
    private var onLine: Line? {
        let sentence = sight.situation.sentence
        guard let on = sentence.on else { return nil }
        var line = Line()
        line.put("ON", at: gutter, .gutter, to: content)
        let since = sentence.since.map { ("\(sight.both($0))", sight.age($0)) }
        let width = since.map { CellWidth.of($0.0) + CellWidth.of($0.1) + 12 } ?? 0
        let x = line.put(on, at: content, .sentence, to: max(size.columns - 1 - width, content + 12))
        guard let (times, age) = since, x + 3 + width <= size.columns else { return line }
        let start = max(x + 3, size.columns / 2 - 12)
        let word = line.put("SINCE", at: start + width <= size.columns - 1 ? start : x + 3, .gutter) + 2
        line.put(age, at: line.put(times, at: word, .plain, to: size.columns - 1) + 3, .plain, to: size.columns - 1)
        return line
    }

    private func place(_ number: Int) -> Int { number == 0 ? content : max(size.columns / 2 + 4, content + 36) }

    private var zoneLine: Line {
        var line = Line()
        for (number, (zone, role)) in zones.enumerated() {
            let time = sight.clock(in: zone.zone)
            let x = place(number)
            let limit = number == 0 ? place(1) - 1 : size.columns
            let end = line.put("\(time.day3) \(time.dayMonth)".uppercased(), at: x, .clock, to: limit)
            line.put(sight.heading(zone), at: end + 3, role, to: limit)
        }
        return line
    }

    private func digits(_ row: Int) -> Line {
        var line = Line()
        for (number, (zone, _)) in zones.enumerated() {
            let clock = sight.clock(in: zone.zone).clock
            let rows = digitRows == 10 ? BigClock.huge(clock, sight.glyphs) : BigClock.tall(clock, sight.glyphs)
            line.put(rows[row], at: place(number), .clock, to: size.columns)
        }
        return line
    }

    private func heavyRule(_ status: StatusLine?) -> Line {
        var line = Line()
        line.put(Shape.heavyRule.text(sight.glyphs), times: size.columns, at: 0, .rule)
        status?.put(into: &line, at: max(content - 1, 0), to: size.columns - 1)
        return line
    }
}
