import WarRoomCore

/// The rows that nothing may scroll away: what the night is, both clocks, the band. It offers forms from rich to small,
/// as a pane does (docs/screen.md).
struct Header {
    let sight: Sight
    let size: Size
    /// How many panes found no room, told at the right of the first row.
    var hidden = 0
    /// Whether the line of keys had to go.
    var showsHelpMark = false

    /// What it rests on.
    static let reads = Reads(
        facts: [.sentence, .heard, .looseEnds, .forecast, .night, .pools, .servers, .steps, .batch, .runbook],
        vitals: true)

    /// Whether it is printed: then nothing is drawn as a shape.
    let isPrinted: Bool

    init(_ sight: Sight, size: Size, isPrinted: Bool = false) {
        (self.sight, self.size, self.isPrinted) = (sight, size, isPrinted)
    }

    var isPresenting: Bool { sight.view.isPresenting }
    var cut: Cut { Cut(size, isPresenting: isPresenting) }
    var band: Band { sight.situation.band(silentSince: sight.vitals.hubSilentSince) }

    /// How the header is drawn.
    struct Form: Equatable {
        enum Clocks { case side, sideTall, shapes, line, none }

        /// When it gives way to the next one.
        var rank: Int
        var hasMode = true
        var clocks: Clocks
        var rows: [BandView.Row]
        /// A row of its own for what needs a person beside the work; else that takes the row of the facts.
        var hasStripRow = false
        /// A blank row above and one below the clocks.
        var hasAir = false

        /// How many rows it takes.
        var height: Int {
            let clocks =
                switch clocks {
                case .side, .sideTall, .none: 0
                case .shapes: hasAir ? 5 : 4
                case .line: 1
                }
            return (hasMode ? 1 : 0) + clocks + rows.count + (hasStripRow ? 1 : 0)
        }
    }

    /// Its forms at this size, richest first.
    var forms: [Form] {
        let small: [Form] = Header.lines(size, isSlim: cut == .slim)
        if isPrinted { return small }
        switch cut {
        case .wide where isPresenting:
            return [Form(rank: Rank.sentence, clocks: .sideTall, rows: BandView.presentedWide, hasStripRow: true)]
                + small
        case .wide:
            return [Form(rank: Rank.sentence, clocks: .side, rows: BandView.wide, hasStripRow: true)] + small
        case .medium where sight.glyphs == .unicode && isPresenting:
            return [
                Form(
                    rank: Rank.sentence, clocks: .shapes, rows: BandView.presentedMedium, hasStripRow: true,
                    hasAir: true)
            ] + small
        case .medium where sight.glyphs == .unicode:
            return [Form(rank: Rank.sentence, clocks: .shapes, rows: BandView.medium, hasStripRow: true, hasAir: true)]
                + small
        case .narrow where sight.glyphs == .unicode && (isPresenting || size.rows >= 28):
            return [Form(rank: Rank.air, clocks: .shapes, rows: BandView.medium)] + small
        case .medium, .narrow, .slim:
            return small
        }
    }

    /// With the clocks on one line: what the band says gives way from its facts to one row of the sentence.
    private static func lines(_ size: Size, isSlim: Bool) -> [Form] {
        let sentences = (0..<(isSlim ? max(min(200 / size.columns, 5), 2) : 2)).map { BandView.Row.sentence($0) }
        func form(_ rank: Int, _ rows: [BandView.Row], hasMode: Bool = true) -> Form {
            Form(rank: rank, hasMode: hasMode, clocks: .line, rows: rows)
        }
        // Rather than its last rows what comes next is told, because the sentence is wrapped into many there.
        func rank(_ rows: Int) -> Int {
            rows == 1 ? Rank.last + 6 : !isSlim ? Rank.sentence : rows > 3 ? Rank.last : Rank.last + 5
        }
        return [form(Rank.facts, [.state] + sentences + [.facts])]
            + (1...sentences.count).reversed().map { form(rank($0), [.state] + sentences.prefix($0)) }
            + [
                form(Rank.last + 7, [.stateAndSentence]), form(Rank.source + 1, [.stateAndSentence], hasMode: false),
            ]
    }

    /// The rows below the first one, drawn in a form: those that take the whole width, then those beside the band.
    func blocks(_ form: Form) -> [(lines: [Line], column: Int, row: Int, width: Int)] {
        var row = form.hasMode ? 1 : 0
        var blocks: [(lines: [Line], column: Int, row: Int, width: Int)] = []
        func add(_ lines: [Line], column: Int = 0, width: Int) {
            blocks.append((lines, column, row, width))
            row += lines.count
        }
        switch form.clocks {
        case .line: add([clockLine], width: size.columns)
        case .shapes:
            add((form.hasAir ? [Line()] : []) + (0..<3).map(shapedClock) + [Line()], width: size.columns)
        case .side, .sideTall:
            let width = size.columns - Header.sideWidth
            blocks.append((sideClocks(isTall: form.clocks == .sideTall), width, row, Header.sideWidth))
        case .none: break
        }
        let isBeside = form.clocks == .side || form.clocks == .sideTall
        let width = isBeside ? size.columns - Header.sideWidth : size.columns
        let view = BandView(band, self, width: width, cut: cut)
        add(view.lines(form.rows, hasStripRow: form.hasStripRow), width: width)
        if form.hasStripRow { add([view.strip(width: size.columns)], width: size.columns) }
        return blocks
    }

    /// The cells that clocks beside the band take.
    private static let sideWidth = 42
}
