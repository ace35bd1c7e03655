import OrderedCollections
import WarRoomCore

/// Where the columns of axes stand in a line. They are wide where there is room, else as narrow as their shortest
/// words, with abbreviated heads. What finds no room at all is counted.
struct AxisColumns {
    struct Column {
        let axis: Axis
        /// Where the sign stands; the number or word stands two cells on.
        let x: Int
        /// The next column's start.
        let end: Int
        /// The head, shortened to its column.
        let head: String
    }

    private(set) var columns: [Column] = []
    private(set) var hidden = 0
    /// Where the first sign stands.
    let start: Int
    private let right: Int

    /// Columns for words, or for counts.
    init(words: Bool, sight: Sight, frame: Frame) {
        var axes = Axis.all(sight.runbook)
        right = frame.right
        start = AxisColumns.start(words: words, sight, frame)
        let room = right - start - 2
        func head(_ axis: Axis) -> String {
            CleanText.line(words ? axis.wordHead(sight.runbook) : axis.head(sight.runbook))
        }
        // Where a server cannot be reached, the word for that is not cut.
        let isLost = words && sight.situation.servers.values.contains { $0.reach?.value == .unreachable }
        func leastRoom(_ axis: Axis) -> Int { words ? axis.leastRoom(isLost: isLost) : 5 }
        // Reach has a column only where no other has to give way for it, because the odd servers tell it anyway.
        let needed =
            words
            ? axes.reduce(0) { $0 + leastRoom($1) + 3 } - 3
            : axes.reduce(0) { $0 + max(CellWidth.of(head($1)), 5) + 2 } - 2
        if needed > room { axes.removeAll { $0 == .reach } }
        let heads = axes.map(head)
        let least = axes.map(leastRoom)
        var widths = zip(axes, heads).map { max(words ? $0.idealRoom : 5, CellWidth.of($1)) }
        // A blank and the next sign part two words. Between two counts one blank more is easier to read.
        var gap = words ? 3 : 2
        func total() -> Int { widths.reduce(0, +) + gap * max(widths.count - 1, 0) }
        if total() > room, !words { gap = 1 }
        while total() > room {
            guard
                let place = widths.indices.filter({ widths[$0] > least[$0] }).max(by: {
                    widths[$0] - least[$0] < widths[$1] - least[$1]
                })
            else { break }
            widths[place] -= 1
        }
        while total() > room, !widths.isEmpty {
            widths.removeLast()
            hidden += 1
        }
        let spare = widths.isEmpty ? 0 : min(max(room - total(), 0) / widths.count, 4)
        var x = start
        for (place, width) in widths.enumerated() {
            let next = x + width + gap + spare
            let isLast = place == widths.count - 1
            columns.append(
                Column(
                    axis: axes[place], x: x, end: isLast ? right + 1 : next,
                    head: heads[place].abbreviated(to: width + spare)))
            x = next
        }
    }

    private static func start(words: Bool, _ sight: Sight, _ frame: Frame) -> Int {
        let waves = sight.runbook.waves.keys.map { CellWidth.shown(sight.title(ofWave: $0)) }.max() ?? 6
        guard words else { return frame.sign + min(max(waves, 6), max(frame.width / 6, 7)) + 2 }
        // A name may take an eighth of the line; most are shorter.
        let names = sight.situation.servers.keys.map { CellWidth.shown(sight.shortName($0)) }.max() ?? 6
        return frame.text + min(max(names, waves - 2), max(frame.width / 8, 7)) + 1
    }

    func markHidden(_ line: inout Line) {
        if hidden > 0 { line.put("+\(hidden)", endingAt: right, .waiting) }
    }
}

extension Axis {
    /// The cells of the longest thing that is said on this axis.
    fileprivate var idealRoom: Int {
        switch self {
        case .patch: 10
        case .reboot: 12
        case .verify: 9
        case .reach: 11
        case .pool: 9
        case .alerts: 12
        }
    }

    /// The cells of the short words.
    fileprivate func leastRoom(isLost: Bool) -> Int {
        switch self {
        case .patch: 6
        case .reboot: 6
        case .verify: 6
        case .reach: isLost ? 11 : 5
        case .pool: 5
        case .alerts: 5
        }
    }
}

extension String {
    /// Shortened word by word, the longest first, with a dot where letters are missing: `Int. LB`. Where even that is
    /// too long, the beginnings of the words run together: `IntLB`.
    func abbreviated(to width: Int) -> String {
        guard CellWidth.of(self) > width else { return self }
        let parts = split(separator: " ")
        // A head's small last word says nothing that the numbers under it do not.
        if parts.count == 2, parts[0].count <= width, parts[1].count <= 2, parts[1].allSatisfy(\.isLowercase) {
            return String(parts[0])
        }
        if parts.count > 1, width < 8 || width < parts.count * 4 {
            var lengths = parts.map { _ in 1 }
            while lengths.reduce(0, +) < width,
                let place = parts.indices.filter({ lengths[$0] < parts[$0].count }).min(by: {
                    lengths[$0] < lengths[$1]
                })
            {
                lengths[place] += 1
            }
            return zip(parts, lengths).map { $0.prefix($1) }.joined()
        }
        var words = split(separator: " ").map { (text: String($0), isCut: false) }
        func written() -> String { words.map { $0.isCut ? $0.text + "." : $0.text }.joined(separator: " ") }
        while CellWidth.of(written()) > width {
            guard let place = words.indices.max(by: { words[$0].text.count < words[$1].text.count }),
                words[place].text.count > 2
            else { break }
            words[place].text.removeLast()
            words[place].isCut = true
        }
        return written()
    }
}
