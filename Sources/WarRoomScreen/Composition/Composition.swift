import WarRoomCore

/// The overview. Every pane offers forms from rich to small. As rows run out, the form of the lowest rank gives way,
/// calm panes before troubled ones, until all fits (docs/screen.md, What drops when rows run out).
struct Composition {
    private struct Part {
        let pane: Pane
        let slot: Slot
        let forms: [Form]
        let isTroubled: Bool
        var chosen = 0
        var extra = 0

        var form: Form { forms[chosen] }
        var height: Int { form.least + extra }
    }

    private let sight: Sight
    private let size: Size
    private let cut: Cut
    private var parts: [Part] = []
    /// The bands from top to bottom, their columns from left to right, in each the places of its parts.
    private var bands: [(band: Int, columns: [[Int]])] = []
    private var header: Header
    private var headerRows = 0
    private var hasHints = true
    /// Whether anybody can press a key, which nobody can in a text that is printed.
    private let hasKeys: Bool
    /// How many of the blank rows between bands are left, counted from the top.
    private var blanks = 8
    private var hasBlanks: Bool { blanks > 0 }

    init(sight: Sight, size: Size, hasKeys: Bool = true) {
        self.sight = sight
        self.size = size
        hasHints = hasKeys && !sight.view.isPresenting
        self.hasKeys = hasKeys
        cut = Cut(size, isPresenting: sight.view.isPresenting)
        header = Header(sight: sight, size: size, isZoomed: false)
        let isFar = Composition.isFar(size, cut)
        let shown = Panes.all.filter { !sight.view.isPresenting || $0.isPresented }
        let slots = shown.map { pane in
            (isFar ? pane.farSlot : sight.view.isPresenting ? pane.presentedSlot : nil) ?? pane.slot(cut)
        }
        for band in Set(slots.map(\.band)).sorted() {
            let last = slots.filter { $0.band == band }.map(\.column).max() ?? 0
            let columns = (0...last).map { column in
                slots.indices.filter { slots[$0].band == band && slots[$0].column == column }
                    .sorted { (slots[$0].order, $0) < (slots[$1].order, $1) }
            }
            bands.append((band, columns))
        }
        for (pane, slot) in zip(shown, slots) {
            let columns = bands.first { $0.band == slot.band }?.columns.count ?? 1
            let frame = Composition.frame(slot, of: columns, size: size, cut: cut)
            parts.append(
                Part(
                    pane: pane, slot: slot, forms: pane.forms(sight, frame),
                    isTroubled: pane.isTroubled(sight)))
        }
        fit()
        grow()
    }

    // MARK: Heights

    /// The height of one column of a band: its parts, with a rule or a blank between them.
    private func height(of column: [Int]) -> Int {
        var height = 0
        var gap = 0
        for index in column where parts[index].height > 0 {
            height += gap + parts[index].height
            gap = hasBlanks && !parts[index].slot.joinsNext ? 1 : 0
        }
        return height
    }

    private func height(of columns: [[Int]]) -> Int {
        var most = 0
        for column in columns { most = max(most, height(of: column)) }
        return most
    }

    private var bandsShown: Int { bands.count { height(of: $0.columns) > 0 } }

    private var total: Int {
        var height = headerRows + (hasHints ? 1 : 0)
        var shown = 0
        for (_, columns) in bands {
            let rows = self.height(of: columns)
            if rows > 0 { shown += 1 }
            height += rows
        }
        return height + min(blanks, max(shown - 1, 0))
    }

    // MARK: Giving way

    private mutating func fit() {
        headerRows = header.rows
        while total > size.rows, giveWay() { headerRows = header.rows }
        takeBack()
        let isSmall = size.rows < 24 || size.columns < 76
        header.hidden = isSmall ? parts.count { $0.height == 0 && $0.forms.count > 1 } : 0
        header.showsHelpMark = hasKeys && !hasHints && !sight.view.isPresenting
    }

    /// From 24 rows on the line of keys goes after the blanks: answers stand there, and would cover the sources else.
    private var hintsRank: Int { size.rows < 24 ? Rank.hints : Rank.blanks + 1 }

    /// Lets the one thing of the lowest rank give way; false where nothing is left.
    private mutating func giveWay() -> Bool {
        var options: [(turn: GivingWay, apply: (inout Composition) -> Void)] = []
        func offer(_ rank: Int, _ place: GivingWay.Place = .calm, _ apply: @escaping (inout Composition) -> Void) {
            options.append((GivingWay(rank, place), apply))
        }
        if hasHints { offer(hintsRank) { $0.hasHints = false } }
        if hasBlanks {
            offer(sight.view.isPresenting ? Rank.air + 1 : Rank.blanks) {
                $0.blanks = max(min($0.blanks, $0.bandsShown - 1) - 1, 0)
            }
        }
        if header.clocks == .presented {
            if header.extent.air > 0 { offer(Rank.air) { $0.header.extent.air -= 1 } }
            if header.extent.sentenceRows > 2 { offer(Rank.sentence) { $0.header.extent.sentenceRows -= 1 } }
        } else if header.clocks != .tall {
            if header.extent.hasSecondRule { offer(header.statusRank) { $0.header.extent.hasSecondRule = false } }
            if header.extent.hasFirstRule { offer(Rank.firstRule) { $0.header.extent.hasFirstRule = false } }
            let rows = header.extent.sentenceRows
            // On a narrow screen the sentence is what people came for.
            let rank = cut == .slim ? Rank.last + 5 : rows > 2 ? Rank.thirdRow : Rank.sentence
            if rows > 1 { offer(rank) { $0.header.extent.sentenceRows -= 1 } }
        } else if header.extent.hasGauge {
            offer(Rank.rich, .early) { $0.header.extent.hasGauge = false }
        }
        if header.extent.hasMode, size.rows < 3 { offer(Rank.source, .late) { $0.header.extent.hasMode = false } }
        for (_, columns) in bands {
            let highest = height(of: columns)
            // A part that is not in its band's highest column gains nothing by giving way.
            for column in columns where height(of: column) == highest {
                for index in column where parts[index].chosen + 1 < parts[index].forms.count {
                    let part = parts[index]
                    offer(part.form.rank, part.isTroubled ? .troubled : .calm) { $0.parts[index].chosen += 1 }
                }
            }
        }
        guard let first = options.min(by: { $0.turn < $1.turn }) else { return false }
        first.apply(&self)
        return true
    }

    /// What gave way for more rows than were needed comes back where it fits, the most important first.
    private mutating func takeBack() {
        let order = parts.indices.sorted { one, other in
            func rank(_ part: Part) -> Int { part.chosen > 0 ? part.forms[part.chosen - 1].rank : 0 }
            return rank(parts[one]) > rank(parts[other])
        }
        for index in order {
            while parts[index].chosen > 0 {
                parts[index].chosen -= 1
                guard total > size.rows else { continue }
                parts[index].chosen += 1
                break
            }
        }
    }

    /// Gives rows that are left to whoever can use them, one at a time from the top.
    private mutating func grow() {
        var left = size.rows - total
        // Columns of one band first fill up to the highest of them, at no cost.
        for (_, columns) in bands {
            let highest = height(of: columns)
            for column in columns {
                for index in column where parts[index].height > 0 {
                    let room = min(highest - height(of: column), parts[index].form.most - parts[index].height)
                    parts[index].extra += max(room, 0)
                }
            }
        }
        while left > 0 {
            let before = left
            for index in parts.indices
            where left > 0 && parts[index].height > 0 && parts[index].height < parts[index].form.most {
                let old = total
                parts[index].extra += 1
                left -= total - old
            }
            if left == before { break }
        }
    }

    // MARK: Placing

    var layout: Layout {
        var layout = Layout()
        layout.add(header.lines, row: 0, width: size.columns)
        var row = headerRows
        let end = size.rows - (hasHints ? 1 : 0)
        let shown = bands.filter { height(of: $0.columns) > 0 }
        for (place, (band, columns)) in shown.enumerated() {
            let below = shown[(place + 1)...].reduce(0) { $0 + height(of: $1.columns) }
            var rows = height(of: columns)
            // What is left over stays free above the foot, so that the last rows are always in the same place; three
            // columns reach down to it, so that their dividers do.
            if cut == .wide, columns.count > 1 {
                rows = max(end - row - below - (below > 0 && place < blanks ? 1 : 0), rows)
            }
            if place == shown.count - 1, band >= Slot.foot { row = max(row, end - rows) }
            put(columns, band: band, at: row, rows: rows, in: &layout)
            row += rows
            if place < blanks, below > 0 {
                if cut == .wide { layout.add([rule(size.columns)], row: row, width: size.columns) }
                row += 1
            }
        }
        if hasHints {
            layout.add([Hints.line(sight, width: size.columns, cut: cut)], row: size.rows - 1, width: size.columns)
        }
        return layout
    }

    private func put(_ columns: [[Int]], band: Int, at row: Int, rows: Int, in layout: inout Layout) {
        for (column, indices) in columns.enumerated() {
            let (start, width) = Composition.span(Slot(band, column), of: columns.count, size: size, cut: cut)
            var y = row
            var isApart = false
            for index in indices where parts[index].height > 0 {
                let part = parts[index]
                defer { isApart = hasBlanks && !part.slot.joinsNext }
                if isApart {
                    if cut == .wide { layout.add([rule(width)], column: start, row: y, width: width) }
                    y += 1
                }
                layout.add(part.form.lines(part.height), column: start, row: y, width: width, pane: part.pane.name)
                y += part.height
            }
            guard start > 0, cut == .wide || cut == .medium else { continue }
            var divider = Line()
            divider.put(Shape.divider.text(sight.glyphs), times: 1, at: 0, .rule)
            for y in row..<row + rows { layout.add([divider], column: start - 1, row: y, width: 1) }
        }
    }

    private func rule(_ width: Int) -> Line {
        var line = Line()
        line.put(Shape.rule.text(sight.glyphs), times: width, at: 0, .rule)
        return line
    }
}
