import WarRoomCore

/// The overview. The header and every pane offer forms from rich to small. As rows run out, the form of the lowest rank
/// gives way, calm panes before troubled ones, until all fits (docs/screen.md, What drops when rows run out).
///
/// It is made over the last one where there is one: a pane that rests on nothing else than it did keeps its lines, and
/// where every pane keeps the shape of its forms, all stay where they are.
struct Composition {
    private let sight: Sight
    private let ground: Ground
    private let grid: Grid
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
        let grid = Grid(size, isPresenting: view.isPresenting, isPrinted: !hasKeys)
        (self.sight, self.ground, self.grid) = (sight, ground, grid)
        keptHeader = KeptHeader(sight, size: size, isPrinted: !hasKeys, after: last.map { ($0.keptHeader, $0.sight) })
        hints = KeptHints(sight, width: size.columns, cut: grid.cut, after: last.map { ($0.hints, $0.sight) })
        if let last {
            bands = last.bands
            parts = last.parts.map { $0.followed(by: sight, after: last.sight) }
        } else {
            (parts, bands) = Composition.parts(grid, of: sight)
        }
        let shapes = parts.map(\.shape)
        if let last, last.keptHeader.wanted == keptHeader.wanted, last.arranged.shapes == shapes {
            arranged = last.arranged
        } else {
            arranged = Arrangement(
                shapes, bands: bands, under: keptHeader.wanted, grid: grid, hasHints: hasKeys && !view.isPresenting)
        }
    }

    private static func parts(_ grid: Grid, of sight: Sight) -> (parts: [KeptPane], bands: [Arrangement.Band]) {
        var parts: [KeptPane] = []
        let bands = grid.bands.map { band in
            Arrangement.Band(
                columns: band.enumerated().map { column, names in
                    names.compactMap { name in
                        guard let pane = Panes.part(name) else { return nil }
                        let frame = grid.frame(name, column: column, of: band.count)
                        parts.append(KeptPane(pane, frame, of: sight))
                        return Arrangement.Place(parts.count - 1, isJoined: grid.isJoined(name, column: column))
                    }
                })
        }
        return (parts, bands)
    }

    // MARK: Placing

    mutating func layout() -> Layout {
        var layout = Layout()
        var header = Header(sight, size: size, isPrinted: grid.isPrinted)
        header.hidden = size.rows < 24 || size.columns < 76 ? arranged.hidden : 0
        header.showsHelpMark = ground.hasKeys && !arranged.hasHints && !ground.isPresenting
        keptHeader.add(header, in: arranged.header, to: &layout)
        var row = arranged.header.height + (arranged.hasGapUnderHeader ? 1 : 0)
        let end = size.rows - (arranged.hasHints ? 1 : 0)
        let shown = bands.indices.filter { arranged.height(of: bands[$0]) > 0 }
        for (place, number) in shown.enumerated() {
            let below = shown[(place + 1)...].reduce(0) { $0 + arranged.height(of: bands[$1]) }
            let gap = below > 0 && arranged.hasBlank(after: place, of: shown.count) ? 1 : 0
            var rows = arranged.height(of: bands[number])
            if number == bands.count - 1 {
                // The foot is always in the same place; what is left over stays free above it.
                fill(bands[max(number - 1, 0)], from: row, to: end - rows, in: &layout)
                row = max(row, end - rows)
            } else if grid.isTall(bands[number].columns.count) {
                rows = max(end - row - below - gap, rows)
            }
            put(bands[number], at: row, rows: rows, in: &layout)
            row += rows
            if gap > 0, number != bands.count - 2 {
                fill(bands[number], from: row, to: row + 1, in: &layout)
                row += 1
            }
        }
        if arranged.hasHints {
            layout.add([hints.line], row: size.rows - 1, width: size.columns)
        }
        return layout
    }

    private mutating func put(_ band: Arrangement.Band, at row: Int, rows: Int, in layout: inout Layout) {
        let spans = grid.spans(band.columns.count)
        for (column, places) in band.columns.enumerated() {
            let (start, width) = spans[column]
            var y = row
            var isApart = false
            for place in places where arranged.height(place.part) > 0 {
                let height = arranged.height(place.part)
                if isApart { y = rail(column, of: band, from: y, to: y + 1, in: &layout) }
                isApart = arranged.hasBlanks && !place.isJoined
                let lines = parts[place.part].lines(of: arranged.chosen[place.part], height: height, sight)
                layout.add(lines, column: start, row: y, width: width, pane: parts[place.part].pane.name)
                y += height
            }
            _ = rail(column, of: band, from: y, to: row + rows, in: &layout)
        }
    }

    /// Fills the rails of rows in which nothing stands.
    private func fill(_ band: Arrangement.Band, from row: Int, to end: Int, in layout: inout Layout) {
        guard grid.cut != .wide, band.columns.first?.first.map({ parts[$0.part].pane.name }) != "counts" else { return }
        _ = rail(0, of: Arrangement.Band(columns: [[]]), from: row, to: end, in: &layout)
    }

    private func rail(
        _ column: Int, of band: Arrangement.Band, from row: Int, to end: Int, in layout: inout Layout
    ) -> Int {
        let frame = grid.frame("", column: column, of: band.columns.count)
        guard end > row else { return row }
        if frame.rail > 0 {
            var line = Line()
            line.rail = frame.rail
            let start = grid.spans(band.columns.count)[column].start
            layout.add(
                Array(repeating: line, count: end - row), column: start, row: row, width: frame.rail, hasHead: false)
        }
        return end
    }
}
