import WarRoomCore

/// Lines that stand one below the other.
struct Block {
    let lines: [Line]
    let column: Int
    let row: Int
    let width: Int
    /// Whose lines they are; `nil` for the header and what else is nobody's.
    let pane: String?
    /// Whether the first of them is the first line of its pane.
    let hasHead: Bool

    /// Whether another one takes the same cells.
    func isInPlace(of other: Block) -> Bool {
        row == other.row && column == other.column && width == other.width && lines.count == other.lines.count
    }

    fileprivate func overlaps(_ other: Block) -> Bool {
        row < other.row + other.lines.count && other.row < row + lines.count && column < other.column + other.width
            && other.column < column + width
    }
}

/// A line with its place on the screen.
struct Placed {
    let line: Line
    let column: Int
    let row: Int
    let width: Int
    /// Whose line it is; `nil` for the header and what else is nobody's.
    let pane: String?
    /// Whether it is the first line of its pane.
    let isHead: Bool
}

/// Which lines stand where. Drawing paints it; a key or a click asks it what is there.
struct Layout {
    private(set) var blocks: [Block] = []
    /// The first row of a zoomed list and how many rows it has; for scrolling by pages.
    var listRows = 0
    /// The first item that a zoomed list shows.
    var top = 0

    mutating func add(
        _ lines: [Line], column: Int = 0, row: Int, width: Int, pane: String? = nil, hasHead: Bool = true
    ) {
        guard !lines.isEmpty else { return }
        blocks.append(Block(lines: lines, column: column, row: row, width: width, pane: pane, hasHead: hasHead))
    }

    /// All lines in the order in which they were added.
    func placed() -> [Placed] {
        blocks.flatMap { block in
            block.lines.enumerated().map { place, line in
                Placed(
                    line: line, column: block.column, row: block.row + place, width: block.width, pane: block.pane,
                    isHead: block.hasHead && place == 0)
            }
        }
    }

    /// The subjects that a pane shows, from top to bottom, each once.
    func subjects(of pane: String) -> [Subject] {
        var seen: Set<Subject> = []
        let lines = blocks.filter { $0.pane == pane }.flatMap(\.lines)
        return lines.compactMap(\.subject).filter { seen.insert($0).inserted }
    }

    /// What stands at a place.
    func at(column: Int, row: Int) -> Placed? {
        placed().last { $0.row == row && $0.pane != nil && column >= $0.column && column < $0.column + $0.width }
    }

    // MARK: Drawing

    /// Draws all lines on a blank canvas.
    func drawn(on canvas: Canvas) -> Canvas {
        var canvas = canvas
        for block in blocks {
            for (place, line) in block.lines.enumerated() {
                line.draw(on: &canvas, column: block.column, row: block.row + place, width: block.width)
            }
        }
        return canvas
    }

    /// Draws what is another than in a layout that stands on a canvas; `nil` where something stands elsewhere than
    /// there, so that all must be drawn.
    func drawn(over last: Layout, on canvas: Canvas) -> Canvas? {
        guard blocks.count == last.blocks.count, zip(blocks, last.blocks).allSatisfy({ $0.isInPlace(of: $1) }) else {
            return nil
        }
        var canvas = canvas
        for (block, before) in zip(blocks, last.blocks) where block.lines != before.lines {
            for (place, line) in block.lines.enumerated() where line != before.lines[place] {
                let (row, end) = (block.row + place, block.column + block.width)
                canvas.clear(row: row, from: block.column, to: end)
                line.draw(on: &canvas, column: block.column, row: row, width: block.width)
            }
        }
        return canvas
    }

    /// Whether no line stands over another, as they do where there is no room for the least.
    var isFlat: Bool {
        !blocks.indices.contains { place in blocks[..<place].contains { $0.overlaps(blocks[place]) } }
    }
}
