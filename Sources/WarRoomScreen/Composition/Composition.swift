import WarRoomCore

/// The overview. Every pane offers forms from rich to small. As rows run out, the form of the lowest rank gives way,
/// calm panes before troubled ones, until all fits (docs/screen.md, What drops when rows run out).
///
/// It is made over the last one where there is one: a pane that rests on nothing else than it did keeps its lines, and
/// where every pane keeps the shape of its forms, all stay where they are.
struct Composition {
    private let sight: Sight
    private let ground: Ground
    private let cut: Cut
    private let parts: [KeptPane]
    /// The bands from top to bottom, their columns from left to right, in each the places of its parts.
    private let bands: [Arrangement.Band]
    private var keptHeader: KeptHeader
    private var hints: KeptHints
    private let arranged: Arrangement

    private var size: Size { ground.size }

    /// `hasKeys`: whether anybody can press a key, which nobody can in a text that is printed.
    init(sight: Sight, size: Size, hasKeys: Bool = true, after last: Composition? = nil) {
        let view = sight.view
        let ground = Ground(sight, size: size, hasKeys: hasKeys)
        let last = last.flatMap { $0.ground == ground ? $0 : nil }
        let cut = Cut(size, isPresenting: view.isPresenting)
        (self.sight, self.ground, self.cut) = (sight, ground, cut)
        keptHeader = KeptHeader(
            sight: sight, size: size, isZoomed: false, after: last.map { ($0.keptHeader, $0.sight) })
        hints = KeptHints(sight, width: size.columns, cut: cut, after: last.map { ($0.hints, $0.sight) })
        if let last {
            bands = last.bands
            parts = last.parts.map { $0.followed(by: sight, after: last.sight) }
        } else {
            let isFar = Composition.isFar(size, cut)
            let shown = Panes.all.filter { !view.isPresenting || $0.isPresented }
            let slots = shown.map { pane in
                (isFar ? pane.farSlot : view.isPresenting ? pane.presentedSlot : nil) ?? pane.slot(cut)
            }
            let bands = Composition.bands(of: slots)
            self.bands = bands
            parts = zip(shown, slots).map { pane, slot in
                let columns = bands.first { $0.number == slot.band }?.columns.count ?? 1
                let frame = Composition.frame(slot, of: columns, size: size, cut: cut)
                return KeptPane(pane, at: slot, frame, of: sight)
            }
        }
        let shapes = parts.map(\.shape)
        if let last, last.keptHeader.wanted == keptHeader.wanted, last.arranged.shapes == shapes {
            arranged = last.arranged
        } else {
            let header = Header(sight: sight, size: size, extent: keptHeader.wanted.extent)
            arranged = Arrangement(
                shapes, joined: parts.map(\.slot.joinsNext), bands: bands, under: header, cut: cut,
                hasHints: hasKeys && !view.isPresenting)
        }
    }

    private static func bands(of slots: [Slot]) -> [Arrangement.Band] {
        Set(slots.map(\.band)).sorted().map { band in
            let last = slots.filter { $0.band == band }.map(\.column).max() ?? 0
            let columns = (0...last).map { column in
                slots.indices.filter { slots[$0].band == band && slots[$0].column == column }
                    .sorted { (slots[$0].order, $0) < (slots[$1].order, $1) }
            }
            return Arrangement.Band(number: band, columns: columns)
        }
    }

    /// The header as it is drawn, which tells what found no room.
    private var header: Header {
        var header = Header(sight: sight, size: size, extent: arranged.extent)
        let isSmall = size.rows < 24 || size.columns < 76
        header.hidden = isSmall ? arranged.hidden : 0
        header.showsHelpMark = ground.hasKeys && !arranged.hasHints && !ground.isPresenting
        return header
    }

    // MARK: Placing

    mutating func layout() -> Layout {
        var layout = Layout()
        layout.add(keptHeader.lines(of: header), row: 0, width: size.columns)
        var row = arranged.headerRows
        let end = size.rows - (arranged.hasHints ? 1 : 0)
        let shown = bands.filter { arranged.height(of: $0.columns) > 0 }
        for (place, band) in shown.enumerated() {
            let below = shown[(place + 1)...].reduce(0) { $0 + arranged.height(of: $1.columns) }
            var rows = arranged.height(of: band.columns)
            // What is left over stays free above the foot, so that the last rows are always in the same place; three
            // columns reach down to it, so that their dividers do.
            if cut == .wide, band.columns.count > 1 {
                rows = max(end - row - below - (below > 0 && place < arranged.blanks ? 1 : 0), rows)
            }
            if place == shown.count - 1, band.number >= Slot.foot { row = max(row, end - rows) }
            put(band, at: row, rows: rows, in: &layout)
            row += rows
            if place < arranged.blanks, below > 0 {
                if cut == .wide { layout.add([rule(size.columns)], row: row, width: size.columns) }
                row += 1
            }
        }
        if arranged.hasHints {
            layout.add([hints.line], row: size.rows - 1, width: size.columns)
        }
        return layout
    }

    private mutating func put(_ band: Arrangement.Band, at row: Int, rows: Int, in layout: inout Layout) {
        for (column, indices) in band.columns.enumerated() {
            let slot = Slot(band.number, column)
            let (start, width) = Composition.span(slot, of: band.columns.count, size: size, cut: cut)
            var y = row
            var isApart = false
            for index in indices where arranged.height(index) > 0 {
                let height = arranged.height(index)
                defer { isApart = arranged.blanks > 0 && !parts[index].slot.joinsNext }
                if isApart {
                    if cut == .wide { layout.add([rule(width)], column: start, row: y, width: width) }
                    y += 1
                }
                let lines = parts[index].lines(of: arranged.chosen[index], height: height, sight)
                layout.add(lines, column: start, row: y, width: width, pane: parts[index].pane.name)
                y += height
            }
            guard start > 0, cut == .wide || cut == .medium else { continue }
            var divider = Line()
            divider.put(Shape.divider.text(sight.glyphs), times: 1, at: 0, .rule)
            layout.add(Array(repeating: divider, count: rows), column: start - 1, row: row, width: 1)
        }
    }

    private func rule(_ width: Int) -> Line {
        var line = Line()
        line.put(Shape.rule.text(sight.glyphs), times: width, at: 0, .rule)
        return line
    }
}
