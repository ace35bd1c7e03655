import WarRoomCore

/// Where everything stands: the one grid of all sizes (docs/screen.md). A band goes from edge to edge and has one to
/// four columns; in a column panes and plates stand one below the other, by name.
struct Grid {
    let size: Size
    let cut: Cut
    let isPresenting: Bool
    /// Whether it is printed: then everything is told, because nobody can look further.
    let isPrinted: Bool

    init(_ size: Size, isPresenting: Bool, isPrinted: Bool = false) {
        (self.size, self.isPresenting, self.isPrinted) = (size, isPresenting, isPrinted)
        cut = Cut(size, isPresenting: isPresenting)
    }

    /// Whether there is room for a fourth column, beside three that do not stretch any more.
    private var isFar: Bool { size.columns >= 290 }

    /// The bands from top to bottom; the last one stands at the foot.
    var bands: [[[String]]] {
        switch cut {
        case .wide where isPresenting:
            [
                [["counts"]], [["night"]], [["timeline"], ["loose ends"]], [["reviews"], ["servers"]],
                [["watch", "sources"]],
            ]
        case .wide:
            [
                [["night"]],
                [["timeline"], ["servers", "reviews", "pipelines"]]
                    + (isFar
                        ? [["loose ends", "tests", "gates", "troubles", "batch"], ["alerts", "feed"]]
                        : [["loose ends", "tests", "gates", "troubles", "batch", "alerts", "feed"]]),
                [["sources"]],
            ]
        case .medium where !isPresenting:
            [
                [
                    ["timeline", "servers", "reviews", "watch"],
                    ["tests", "loose ends", "gates", "troubles", "batch", "feed"],
                ], [["sources"]],
            ]
        case .medium:
            [
                [["counts"]], [["timeline"]], [["servers"]],
                [["reviews", "tests", "loose ends", "watch", "sources"]],
            ]
        case .narrow where !isPresenting:
            [
                [["troubles"]], [["timeline"]], [["servers"]], [["reviews"], ["tests"]], [["gates"]],
                [["batch", "watch", "loose ends", "sources"]],
            ]
        case .narrow:
            [[["timeline"]], [["servers"]], [["reviews", "tests", "loose ends", "watch", "sources"]]]
        case .slim:
            [
                [["timeline"]], [["servers"]], [["reviews"]], [["tests"]], [["gates"]],
                [["batch", "loose ends", "sources"]],
            ]
        }
    }

    /// Whether no blank row stands below a pane in its column.
    func isJoined(_ name: String, column: Int) -> Bool {
        switch cut {
        case .wide: true
        case .medium: column > 0 || name == "reviews" && isPresenting || Grid.small.contains(name)
        case .narrow, .slim: Grid.small.contains(name) || name == "reviews" && isPresenting
        }
    }

    private static let small: Set<String> = ["tests", "loose ends", "watch", "batch"]

    /// Whether the columns of a band reach down to the foot.
    func isTall(_ columns: Int) -> Bool { columns > 1 && !isPresenting && (cut == .wide || cut == .medium) }

    /// The columns of a band: where each begins, and how wide it is.
    func spans(_ columns: Int) -> [(start: Int, width: Int)] {
        let width = size.columns
        switch (cut, columns) {
        case (.wide, 1): return [(3, width - 6)]
        case (.wide, 2):
            let left = (width - 10) * 112 / 190
            return [(3, left), (left + 7, width - left - 10)]
        case (.wide, 3):
            let room = width - 10
            let (first, second) = (room * 70 / 190, room * 63 / 190)
            return [(3, first), (first + 5, second), (first + second + 7, room - first - second)]
        case (.wide, _): return [(3, 74), (79, 66), (147, 60), (209, width - 212)]
        case (_, 1): return [(0, width)]
        case (.medium, _):
            // On a wide screen the right one has room for a reason beside a name.
            let right = width >= 140 ? width * 2 / 5 : width * 3 / 10
            return [(0, width - right - 1), (width - right, right)]
        case (_, _):
            let left = width * 7 / 16
            return [(0, left), (left, width - left)]
        }
    }

    /// The room of a pane.
    func frame(_ name: String, column: Int, of columns: Int) -> Frame {
        let width = spans(columns)[column].width
        var frame = Frame(width: width, cut: cut, gutter: 1, sign: 1)
        (frame.isPresenting, frame.isPrinted) = (isPresenting, isPrinted)
        frame.number = isPresenting ? nil : Panes.key(name)
        switch cut {
        case .wide: break
        case .medium where column > 0: break
        case .medium: (frame.rail, frame.gutter, frame.sign) = (12, 2, 14)
        case .narrow where column > 0: (frame.rail, frame.sign) = (9, 11)
        case .narrow: (frame.rail, frame.sign) = (11, 12)
        case .slim where width < 34: (frame.rail, frame.gutter, frame.sign) = (0, 0, 0)
        case .slim: (frame.rail, frame.sign) = (10, 11)
        }
        if name == "counts" { frame.rail = 0 }
        frame.hasHeadLine = cut == .wide || cut == .medium && column > 0
        return frame
    }
}
