import WarRoomCore

/// A drawn screen, and what stands where on it: keys and clicks ask the picture that the person sees, instead of one
/// that is laid out anew for them, and the next picture is drawn over it.
package struct Picture {
    /// What is drawn. A tick sets its clocks, and what stands where stays.
    package var canvas: Canvas
    /// What it is a picture of.
    let sight: Sight
    let size: Size
    let arranged: Arranged
    /// The lines alone, without the cursor and what stands over them.
    let lines: Canvas

    /// A picture of a sight; `last` is the one before it, where there is one.
    init(of sight: Sight, size: Size, after last: Picture?) {
        var sight = sight
        sight.recall = last?.sight.recall ?? Recall()
        let blank = Canvas(size: size, glyphs: sight.glyphs)
        let arranged = Arranged(sight, size: size, after: last?.arranged)
        let layout = arranged.layout
        var lines: Canvas?
        if let last, last.lines.isAlike(blank), layout.isFlat {
            lines = layout.drawn(over: last.arranged.layout, on: last.lines)
        }
        self.lines = lines ?? layout.drawn(on: blank)
        (self.sight, self.size, self.arranged) = (sight, size, arranged)
        canvas = self.lines
        for block in layout.blocks where block.pane == sight.view.focus { markFocus(block) }
        Foot.draw(sight, over: layout, on: &canvas)
        // What is kept of the clocks may be of an earlier second.
        canvas.tick(sight.second)
    }

    /// The selected row, or the head of the pane with the focus.
    private mutating func markFocus(_ block: Block) {
        let view = sight.view
        guard view.detail == nil else { return }
        for (place, line) in block.lines.enumerated() {
            let row = block.row + place
            if let subject = line.subject, subject == view.selection {
                canvas.paint(row: row, from: block.column, to: block.column + block.width, role: .cursor)
                canvas.put(.cursor, column: block.column, row: row, role: .cursor)
            } else if block.hasHead, place == 0, view.showsFocus || !view.isPresenting, !view.isZoomed, !view.isHelpOpen
            {
                Foot.markFocus(line, column: block.column, row: row, showsFocus: view.showsFocus, on: &canvas)
            }
        }
    }

    /// The layout, if this is the picture of a view as a key finds it.
    func layout(of sight: Sight, size: Size) -> Layout? {
        guard size == self.size, sight.view.isLaidOut(as: self.sight.view), sight.glyphs == self.sight.glyphs,
            self.sight.situation.isSame(as: sight.situation), self.sight.vitals.isSameButForAges(as: sight.vitals)
        else { return nil }
        return arranged.layout
    }
}

extension Sight {
    /// What the seconds of the clocks show.
    var second: Int { runbook.zones.home.zone.local(situation.now).second }
}
