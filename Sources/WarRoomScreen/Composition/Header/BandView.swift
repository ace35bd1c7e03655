import WarRoomCore

/// The band: what everybody must see first. Its ground says how serious the moment is, a sign, a word and a sentence
/// say it again, and a headline in letters as shapes where there is room for them.
struct BandView {
    /// A row of the band.
    enum Row: Equatable {
        case blank
        /// The state's word; since when or until when, and for how long.
        case state
        /// One of three rows of the headline, or of what stands under it in the same letters.
        case headline(Int)
        case second(Int)
        case sentence(Int)
        /// What is easily forgotten.
        case facts
        /// Where there are fewer rows than that: the state's word, and as much of the sentence as there is room for.
        case stateAndSentence
    }

    static let wide: [Row] = [
        .state, .blank, .headline(0), .headline(1), .headline(2), .sentence(0), .sentence(1), .blank, .facts,
    ]
    static let presentedWide: [Row] = [
        .blank, .state, .blank, .headline(0), .headline(1), .headline(2), .blank, .second(0), .second(1), .second(2),
        .blank, .sentence(0), .sentence(1), .blank,
    ]
    static let medium: [Row] = [.state, .sentence(0), .sentence(1), .blank, .facts]
    static let presentedMedium: [Row] = [
        .state, .headline(0), .headline(1), .headline(2), .blank, .sentence(0), .sentence(1),
    ]

    private let band: Band
    private let header: Header
    private let width: Int
    private let cut: Cut

    init(_ band: Band, _ header: Header, width: Int, cut: Cut) {
        (self.band, self.header, self.width, self.cut) = (band, header, width, cut)
    }

    private var sight: Sight { header.sight }
    private var glyphs: GlyphSet { sight.glyphs }

    // MARK: The grid

    private var tab: Int {
        switch cut {
        case .wide: 16
        case .medium: 12
        case .narrow: 3
        case .slim: width < 34 ? 1 : 3
        }
    }

    /// Under the state's word a half row is left blank.
    private var isLowered: Bool { cut == .medium }

    private var text: Int { cut == .wide || cut == .medium ? tab + 2 : tab + 1 }

    /// The cells at the right edge that are hatched where the way on is shut: with the sign they tell it in grey too.
    private var edge: Int { band.state != .blocked ? 0 : cut == .wide || cut == .medium ? 4 : width < 34 ? 1 : 2 }

    private var right: Int { width - edge - (cut == .wide || cut == .medium ? 2 : width < 34 ? 0 : 1) }

    // MARK: Rows

    func lines(_ rows: [Row], hasStripRow: Bool) -> [Line] {
        let look = BandLook(band.state)
        let letters = letters(rows)
        let rows = letters == nil ? withoutLetters(rows) : rows
        let sentence = sentence(rows.count { if case .sentence = $0 { true } else { false } })
        let shape = sign(look, rows: rows.count)
        var lines: [Line] = []
        for (place, row) in rows.enumerated() {
            var line = Line()
            line.fill = look.note
            line.put(" ", times: tab, at: 0, look.tab)
            if let shape, shape.rows.indices.contains(place - shape.top) {
                line.put(shape.rows[place - shape.top], at: shape.column, look.tab, to: tab)
            } else if shape == nil, place == 0 {
                line.put(look.sign, look.tab, at: tab > 2 ? 1 : 0, glyphs)
            }
            put(row, into: &line, look, letters, sentence)
            if edge > 0 { line.put(Shape.checker.text(glyphs), times: edge, at: width - edge, look.tab) }
            lines.append(line)
        }
        // Where it has no row of its own, what needs a person stands where the facts do.
        if !hasStripRow, band.strip != nil, rows.last == .facts { lines[lines.count - 1] = strip(width: width) }
        return lines
    }

    private func put(_ row: Row, into line: inout Line, _ look: BandLook, _ letters: Letter?, _ sentence: [String]) {
        switch row {
        case .blank: break
        case .state: putState(into: &line, look, hasAge: letters?.time.isEmpty ?? true, under: sentence)
        case .headline(let place):
            guard let letters else { break }
            line.put(Letters.rows(letters.headline, glyphs, lowered: isLowered)[place], at: text, look.body)
            if letters.second == nil { putTime(letters, place, into: &line, look) }
        case .second(let place):
            guard let letters, let second = letters.second else { break }
            line.put(Letters.rows(second, glyphs)[place], at: text, look.body)
            putTime(letters, place, into: &line, look)
        case .sentence(let place):
            if sentence.indices.contains(place) { line.put(sentence[place], at: text, look.body, to: right) }
        case .facts: FactsLine(sight).put(into: &line, at: text, to: right, band: look.note, isOld: band.state == .old)
        case .stateAndSentence:
            // The sign in the tab is the state's word where there is no room for it.
            var x = text
            if width >= 60 { x = line.put(" \(look.word) ", at: text, look.tab) + 1 }
            let words = fitting(right - x, 1) ?? band.sentences[band.sentences.count - 1].text(sight)
            line.put(words, at: x, look.body, to: right)
        }
    }

    private func putState(into line: inout Line, _ look: BandLook, hasAge: Bool, under sentence: [String]) {
        let isChip = cut == .wide || cut == .medium
        let end = line.put(isChip ? " \(look.word) " : look.word, at: text, isChip ? look.tab : look.body, to: right)
        let start = putTime(into: &line, look, hasAge: hasAge, behind: end)
        // On a narrow screen nothing else says that there is more than the sentence has room for.
        let isTold = sentence.joined(separator: " ").contains(" more thing")
        let more = "and \(band.more) more"
        if !isChip, !isTold, band.strip == nil, band.more > 0, end + CellWidth.shown(more) + 3 <= start {
            line.put(more, at: end + 1, look.note, to: start)
        }
    }

    /// Since or until when, as much of it as there is room for; returns where it begins.
    private func putTime(into line: inout Line, _ look: BandLook, hasAge: Bool, behind end: Int) -> Int {
        guard let time = band.time else { return right }
        let (when, long) =
            switch time {
            case .since(let instant): ("since \(sight.both(instant))", sight.age(instant))
            case .until(let instant): ("until \(sight.both(instant))", sight.toldLeft(until: instant))
            }
        for words in hasAge ? ["\(when)   \(long)", long] : [when] where end + 3 + CellWidth.shown(words) <= right {
            return line.put(words, endingAt: right, look.note)
        }
        return right
    }

    private func putTime(_ letters: Letter, _ place: Int, into line: inout Line, _ look: BandLook) {
        guard !letters.time.isEmpty else { return }
        line.put(
            Letters.rows(letters.time, glyphs, lowered: isLowered)[place], at: right - Letters.width(of: letters.time),
            look.body)
    }

    // MARK: Letters

    private struct Letter {
        var headline: String
        var second: String?
        var time: String
    }

    /// What stands in letters, as much of it as there is room for; `nil` where there is no headline.
    private func letters(_ rows: [Row]) -> Letter? {
        guard glyphs == .unicode, rows.contains(.headline(0)) else { return nil }
        let time =
            switch band.time {
            case .since(let instant)?: sight.age(instant)
            case .until(let instant)?: sight.toldLeft(until: instant)
            case nil: ""
            }
        let timeWidth = time.isEmpty ? 0 : Letters.width(of: time) + 6
        let room = right - text
        let hasSecond = rows.contains(.second(0))
        let second = hasSecond ? band.second?.text(sight) : nil
        let fits = second.map { Letters.width(of: $0) + timeWidth <= room } ?? false
        let headlines = band.headlines.map { $0.text(sight) }
        // Under it the time has a place of its own.
        let beside = hasSecond && fits ? 0 : timeWidth
        if let headline = headlines.first(where: { Letters.width(of: $0) + beside <= room }) {
            return Letter(headline: headline, second: hasSecond ? (fits ? second : "") : nil, time: time)
        }
        // Rather than the headline the time stands in small letters.
        guard let headline = headlines.first(where: { Letters.width(of: $0) <= room }) else { return nil }
        return Letter(headline: headline, second: hasSecond ? "" : nil, time: "")
    }

    /// Where there is no headline, the sentence has its rows.
    private func withoutLetters(_ rows: [Row]) -> [Row] {
        guard rows.contains(.headline(0)) else { return rows }
        var next = 0
        return rows.map { row in
            switch row {
            case .headline, .second, .sentence:
                next += 1
                return next <= 5 ? .sentence(next - 1) : .blank
            default: return row
            }
        }
    }

    /// The longest sentence that fits into so many rows, else the shortest one, cut.
    private func sentence(_ rows: Int) -> [String] {
        guard rows > 0 else { return [] }
        let room = right - text
        let words = fitting(room, rows) ?? band.sentences[band.sentences.count - 1].text(sight)
        let lines = words.wrapped(to: max(room, 1))
        guard lines.count > rows else { return lines }
        // The last row runs past its end, so that the canvas puts its mark there.
        return Array(lines.prefix(rows - 1)) + [lines[(rows - 1)...].joined(separator: " ")]
    }

    private func fitting(_ room: Int, _ rows: Int) -> String? {
        band.sentences.lazy.map { $0.text(sight) }.first { $0.wrapped(to: max(room, 1)).count <= rows }
    }

    // MARK: Sign and strip

    /// The state's sign as a shape in the middle of the tab; `nil` where the tab is too small for one.
    private func sign(_ look: BandLook, rows: Int) -> (rows: [String], top: Int, column: Int)? {
        guard tab >= 12, rows >= 4 else { return nil }
        let isTall = rows >= 12
        if glyphs == .ascii, !isTall { return ([look.sign.text(glyphs)], rows / 2, tab / 2) }
        let shape = isTall ? Letters.whole(look.shape, glyphs) : Letters.half(look.shape)
        let wide = (look.shape.first?.utf8.count ?? 0) * (isTall ? 2 : 1)
        return (shape, (rows - shape.count + 1) / 2, (tab - wide) / 2)
    }

    /// What needs a person beside the work that runs, in one row; blank where nothing does.
    func strip(width: Int) -> Line {
        var line = Line()
        guard let strip = band.strip else {
            // The band of a call has no row for what was heard from outside.
            let heard = FactsLine(heardBy: sight)
            if header.isPresenting, !heard.isEmpty { heard.put(into: &line, at: 2, to: width - 2, band: .act) }
            return line
        }
        line.fill = .tileAct
        let (start, end) = width < 34 ? (0, width) : width >= 100 ? (2, width - 3) : (1, width - 1)
        line.put(.need, .tileAct, at: start, glyphs)
        let age = strip.since.map { sight.age($0) } ?? ""
        let limit = age.isEmpty || width < 34 ? end : end - CellWidth.shown(age) - 2
        let room = limit - start - 2
        let texts = strip.texts.map { $0.text(sight) }
        let words = texts.first { CellWidth.shown($0) <= room } ?? texts.last ?? ""
        line.put(words, at: start + 2, .tileAct, to: limit)
        if limit < end { line.put(age, endingAt: end, .tileAct) }
        return line
    }
}
