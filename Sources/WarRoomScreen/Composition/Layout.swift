import WarRoomCore

/// A line with its place on the screen.
struct Placed {
    var line: Line
    var column: Int
    var row: Int
    var width: Int
    /// Whose line it is; `nil` for the header and what else is nobody's.
    var pane: String?
    /// Whether it is the first line of its pane.
    var isHead = false
}

/// Which lines stand where. Drawing paints it; a key or a click asks it what is there.
struct Layout {
    var placed: [Placed] = []
    /// The first row of a zoomed list and how many rows it has; for scrolling by pages.
    var listRows = 0
    /// The first item that a zoomed list shows.
    var top = 0

    /// The lines of the whole screen, without menus and messages.
    static func of(_ sight: Sight, size: Size) -> Layout {
        let size = Size(columns: max(size.columns, 1), rows: max(size.rows, 1))
        if sight.view.isHelpOpen || sight.view.detail != nil || sight.view.isZoomed || sight.view.rollCall != nil {
            return ZoomedLayout(sight: sight, size: size).layout
        }
        return Composition(sight: sight, size: size).layout
    }

    mutating func add(_ lines: [Line], column: Int = 0, row: Int, width: Int, pane: String? = nil) {
        for (place, line) in lines.enumerated() {
            placed.append(
                Placed(line: line, column: column, row: row + place, width: width, pane: pane, isHead: place == 0))
        }
    }

    /// The subjects that a pane shows, from top to bottom, each once.
    func subjects(of pane: String) -> [Subject] {
        var seen: Set<Subject> = []
        return placed.filter { $0.pane == pane }.compactMap(\.line.subject).filter { seen.insert($0).inserted }
    }

    /// What stands at a place.
    func at(column: Int, row: Int) -> Placed? {
        placed.last { $0.row == row && $0.pane != nil && column >= $0.column && column < $0.column + $0.width }
    }
}
