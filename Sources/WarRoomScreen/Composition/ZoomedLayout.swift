import WarRoomCore

/// One pane, a detail view or the help page on the whole screen; the header and the worst source stay. It is made over
/// the last one, as the overview is.
struct ZoomedLayout {
    /// A list with the lines of it that were made, so that a key makes those that come into sight.
    private struct List {
        let pane: String
        let kept: Kept<Content>
        var lines: [Subject: Line] = [:]

        struct Content {
            let items: [Subject]
            let start: Subject?
            let head: [Line]
        }
    }

    private let sight: Sight
    private let ground: Ground
    private var keptHeader: KeptHeader
    private var hints: KeptHints
    private var worst: Kept<Line>
    private var list: List?

    private var size: Size { ground.size }
    private let cut: Cut
    private let frame: Frame

    init(sight: Sight, size: Size, after last: ZoomedLayout? = nil) {
        let view = sight.view
        let ground = Ground(sight, size: size)
        let last = last.flatMap { $0.ground == ground ? $0 : nil }
        (self.sight, self.ground) = (sight, ground)
        (frame, cut) = (ZoomedLayout.frame(on: size, view.focus), Cut(size))
        let cut = cut
        keptHeader = KeptHeader(sight, size: size, after: last.map { ($0.keptHeader, $0.sight) })
        hints = KeptHints(sight, width: size.columns, cut: cut, after: last.map { ($0.hints, $0.sight) })
        if let last, last.worst.holds(for: sight, after: last.sight) {
            worst = last.worst
        } else {
            let row = Grid(size, isPresenting: view.isPresenting).frame("sources", column: 0, of: 1)
            worst = Kept(SourcesPane.pane.reads, of: sight) { sight in
                var line = SourcesPane.worstLine(sight, row)
                line.rail = row.rail
                return line
            }
        }
        guard !view.isHelpOpen, view.detail == nil, view.rollCall == nil else { return }
        let pane = Panes.named(view.focus)
        if let last, let list = last.list, list.pane == pane.name, list.kept.holds(for: sight, after: last.sight) {
            self.list = list
        } else {
            let frame = frame
            let kept = Kept(pane.reads, of: sight) {
                List.Content(items: pane.items($0), start: pane.start($0), head: pane.head($0, frame))
            }
            list = List(pane: pane.name, kept: kept)
        }
    }

    /// The grid of a zoomed pane: signs stand at the gutter, names beside them.
    static func frame(on size: Size, _ pane: String = "") -> Frame {
        let cut = Cut(size)
        let gutter = cut == .medium ? 2 : size.columns < 34 ? 0 : 1
        let width = Grid(size, isPresenting: false).spans(1)[0].width
        var frame = Frame(width: width, cut: cut, isZoomed: true, gutter: gutter, sign: gutter)
        frame.hasHeadLine = true
        frame.number = Panes.key(pane)
        return frame
    }

    /// The richest form of the header that leaves the list a few rows, else the smallest.
    private var form: Header.Form {
        let forms = keptHeader.wanted.forms
        let least = size.rows >= 20 ? 10 : 7
        return forms.first { size.rows - $0.height >= least } ?? forms.last { size.rows >= $0.height + 1 } ?? forms[0]
    }

    mutating func layout() -> Layout {
        var layout = Layout()
        let form = form
        let span = Grid(size, isPresenting: sight.view.isPresenting).spans(1)[0]
        let (start, width) = (span.start, span.width)
        keptHeader.add(Header(sight, size: size), in: form, to: &layout)
        var row = form.height
        var end = size.rows
        if size.rows >= 10 {
            end -= 1
            // The roll-call tells its own keys.
            if sight.view.rollCall == nil { layout.add([hints.line], row: end, width: size.columns) }
        }
        if size.rows >= 4 {
            end -= 1
            layout.add([worst.value], column: start, row: end, width: width)
        }
        guard row < end else { return layout }

        if let call = sight.view.rollCall {
            let page = RollCallPage(sight: sight, frame: frame, call: call, rows: end - row).lines
            self.page(page, top: 0, from: row, to: end, in: &layout)
        } else if sight.view.isHelpOpen {
            page(Help.lines(sight, frame), top: sight.view.helpTop, from: row, to: end, in: &layout)
        } else if let detail = sight.view.detail {
            let page = DetailPage(detail, sight: sight, frame: frame).lines(filling: end - row)
            self.page(page, top: detail.top, from: row, to: end, in: &layout)
        } else if let list {
            let head = list.kept.value.head
            if end - row > head.count {
                layout.add(head, column: start, row: row, width: width, pane: list.pane)
                row += head.count
            }
            put(list, from: row, to: end, in: &layout)
        }
        return layout
    }

    /// A list with its selected row in sight, and with what is hidden above and below in numbers.
    private mutating func put(_ list: List, from row: Int, to end: Int, in layout: inout Layout) {
        let pane = Panes.named(list.pane)
        let (items, first) = (list.kept.value.items, list.kept.value.start)
        let selected = sight.view.selected[pane.name].flatMap { items.firstIndex(of: $0) }
        let room = end - row
        let place = selected ?? first.flatMap { items.firstIndex(of: $0) } ?? 0
        // At first a third of what is seen lies above the selected row: more of what comes than of what was.
        let top = sight.view.top[pane.name] ?? max(place - room / 3, 0)
        let shown = ZoomedLayout.window(count: items.count, room: room, selected: place, top: top)
        layout.listRows = room
        layout.top = shown.lowerBound
        var y = row
        let (start, width) = Grid(size, isPresenting: sight.view.isPresenting).spans(1)[0]
        if items.isEmpty {
            var line = Line()
            line.put(pane.empty, at: frame.text, .waiting, to: frame.right)
            layout.add([line], column: start, row: y, width: width, pane: pane.name)
        }
        let hasMarks = room >= 3
        if shown.lowerBound > 0, hasMarks {
            layout.add([frame.more(shown.lowerBound, "more above")], column: start, row: y, width: width)
            y += 1
        }
        let lines = lines(of: items[shown], pane)
        layout.add(lines, column: start, row: y, width: width, pane: pane.name, hasHead: false)
        y += lines.count
        if shown.upperBound < items.count, hasMarks {
            layout.add([frame.more(items.count - shown.upperBound, "more below")], column: start, row: y, width: width)
        }
    }

    private mutating func lines(of items: ArraySlice<Subject>, _ pane: Pane) -> [Line] {
        guard let list else { return [] }
        var rows: ((Subject) -> Line)?
        return items.map { item in
            if let line = list.lines[item] { return line }
            let make = rows ?? pane.rows(list.kept.watched(sight), frame)
            rows = make
            var line = make(item)
            line.subject = item
            self.list?.lines[item] = line
            return line
        }
    }

    /// Which items fit, the selected one among them. A row above and one below are kept for the number of the hidden.
    static func window(count: Int, room: Int, selected: Int, top: Int) -> Range<Int> {
        guard count > room, room > 0 else { return 0..<max(room > 0 ? count : 0, 0) }
        let selected = max(0, min(selected, count - 1))
        guard room >= 3 else {
            let start = max(0, min(selected, count - room))
            return start..<start + room
        }
        var start = max(0, min(top, count - 1))
        if selected < start { start = selected }
        if selected >= start + room - 2 { start = selected - (room - 3) }
        if start <= 1 {
            // A mark for one hidden row would take the row's own place.
            start = selected >= room - 1 ? max(start, 2) : 0
        }
        start = min(start, max(count - (room - 1), 0))
        let first = start > 0 ? 1 : 0
        let end = start + room - first >= count ? count : start + room - first - 1
        return start..<end
    }

    /// A page of text, scrolled.
    private func page(_ lines: [Line], top: Int, from row: Int, to end: Int, in layout: inout Layout) {
        let room = end - row
        let (column, width) = Grid(size, isPresenting: sight.view.isPresenting).spans(1)[0]
        layout.listRows = room
        guard lines.count > room else {
            layout.add(lines, column: column, row: row, width: width)
            return
        }
        let start = max(0, min(top, lines.count - room + (room > 1 ? 1 : 0)))
        layout.top = start
        let hasBelow = start + room < lines.count
        let hasAbove = start > 0 && room > 2
        var y = row
        if hasAbove {
            layout.add([frame.more(start + 1, "more above")], column: column, row: y, width: width)
            y += 1
        }
        let from = hasAbove ? start + 1 : start
        let count = end - y - (hasBelow && room > 1 ? 1 : 0)
        let shown = lines[min(from, lines.count)..<min(from + max(count, 0), lines.count)]
        layout.add(Array(shown), column: column, row: y, width: width)
        if hasBelow, room > 1 {
            layout.add(
                [frame.more(lines.count - from - shown.count, "more below")], column: column, row: end - 1, width: width
            )
        }
    }
}
