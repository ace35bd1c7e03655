import WarRoomCore

/// One row of the night: what was planned, what became of it, and words where there is room for them.
struct Lane {
    private struct Mark {
        let cells: Range<Int>
        let shape: Shape
        let role: TextRole
    }

    /// Words beside a mark, the longest first.
    private struct Label {
        let at: Int
        let rank: Int
        let face: Face
        let texts: [String]
        let role: TextRole
    }

    let title: String
    private var marks: [Mark] = []
    private var labels: [Label] = []
    private let axis: NightAxis
    private let now: Int

    init(_ title: String, on axis: NightAxis, now: Int) { (self.title, self.axis, self.now) = (title, axis, now) }

    /// The cell behind its last mark.
    private var end: Int { marks.map(\.cells.upperBound).max() ?? axis.left }

    mutating func plan(_ instant: Instant) {
        guard let cells = axis.cells(instant, instant) else { return }
        marks.insert(Mark(cells: cells, shape: .lanePlan, role: .barPlan), at: 0)
    }

    /// A length of time; without an end up to the cell of now.
    mutating func bar(_ start: Instant, _ end: Instant?, _ shape: Shape, _ role: TextRole) {
        let cells: Range<Int>?
        if let end {
            cells = axis.cells(start, end)
        } else {
            let first = min(max(axis.cell(start), axis.left), axis.right - 1)
            cells = first..<max(now, first + 1)
        }
        if let cells { marks.append(Mark(cells: cells, shape: shape, role: role)) }
    }

    /// Words that stand behind the marks of a time; the lower rank is placed first.
    mutating func say(
        _ face: Face, _ texts: [String], _ role: TextRole = .plain, behind instant: Instant? = nil,
        isNow: Bool = false, rank: Int = 1
    ) {
        let at = isNow ? now : instant.map { min(max(axis.cell($0), axis.left), axis.right - 1) }
        let behind = at.map { cell in marks.first { $0.cells.contains(cell) }?.cells.upperBound ?? cell + 1 } ?? end
        labels.append(Label(at: behind, rank: rank, face: face, texts: texts, role: role))
    }

    func line(_ glyphs: GlyphSet, width: Int) -> Line {
        var line = Line()
        line.put(title, at: 1, .plain, to: axis.left - 1)
        line.put(Shape.divider.text(glyphs), times: 1, at: now, .barNow)
        var taken: [Range<Int>] = []
        for mark in marks {
            line.put(mark.shape.text(glyphs), times: mark.cells.count, at: mark.cells.lowerBound, mark.role)
            taken.append(mark.cells)
        }
        for label in labels.sorted(by: { $0.rank < $1.rank }) {
            let start = label.at == now ? now + 1 : label.at
            let x = taken.contains { $0.upperBound == start } && start != now + 1 ? start + 1 : start
            let texts = label.texts.filter { text in
                let cells = x..<x + 3 + CellWidth.shown(text)
                return cells.upperBound <= width && !taken.contains { $0.overlaps(cells) }
            }
            guard let text = texts.first else { continue }
            line.put(label.face.sign, label.face.role, at: x, glyphs)
            let end = line.put(text, at: x + 2, label.role, to: width)
            taken.append(x..<end + 1)
        }
        return line
    }
}
