import WarRoomCore

/// Waves as k of n by axis, each with its odd ones named under it.
struct WaveTable {
    let groups: [ServerGroup]
    let sight: Sight
    let frame: Frame
    private let summaries: [GroupSummary]
    private let odd: [[Odd]]

    init(groups: [ServerGroup], sight: Sight, frame: Frame) {
        let summaries = groups.map { $0.summary(sight) }
        // Servers in no wave stand in the table only when something is wrong with one.
        let odd = zip(groups, summaries).map { group, summary in
            // They are no wave that goes on step by step, so what has not begun or is under way is not odd.
            summary.odd.filter {
                group.subject != .wave("") || groups.count == 1 || $0.face.sign != .pending && $0.face.sign != .moving
            }
        }
        let shown = groups.indices.filter { groups[$0].subject != .wave("") || groups.count == 1 || !odd[$0].isEmpty }
        self.groups = shown.map { groups[$0] }
        self.summaries = shown.map { summaries[$0] }
        self.odd = shown.map { odd[$0] }
        self.sight = sight
        self.frame = frame
    }

    var rows: Int { 1 + groups.count + odd.count { !$0.isEmpty } }

    var lines: [Line] { lines(rows) }

    /// The table in so many rows: waves with something odd are kept before calm ones, in their order.
    func lines(_ rows: Int) -> [Line] {
        let layout = AxisColumns(words: false, sight: sight, frame: frame)
        var kept = Set(groups.indices)
        var height = self.rows
        // The calmest give way first, the later ones before the earlier. The line that counts them takes a row.
        let order = groups.indices.sorted { (odd[$0].isEmpty ? 0 : 1, -$0) < (odd[$1].isEmpty ? 0 : 1, -$1) }
        for place in order where height + (kept.count < groups.count ? 1 : 0) > rows && kept.count > 1 {
            kept.remove(place)
            height -= odd[place].isEmpty ? 1 : 2
        }
        var lines = [head(layout)]
        for place in groups.indices where kept.contains(place) {
            lines.append(counts(place, layout))
            if !odd[place].isEmpty { lines.append(oddLine(odd[place], layout)) }
        }
        if kept.count < groups.count { lines.append(frame.more(groups.count - kept.count, "more waves")) }
        return Array(lines.prefix(max(rows, 1)))
    }

    private func head(_ layout: AxisColumns) -> Line {
        var line = frame.opening("SERVERS")
        for column in layout.columns {
            line.put(column.head, at: column.x, .waiting, to: frame.right)
        }
        layout.markHidden(&line)
        return line
    }

    private func counts(_ place: Int, _ layout: AxisColumns) -> Line {
        var line = Line(groups[place].subject)
        line.put(groups[place].title(sight), at: frame.sign, .strong, to: layout.start - 1)
        for column in layout.columns {
            guard let count = summaries[place].count(column.axis) else { continue }
            line.put(count.face.sign, count.face.role, at: column.x, sight.glyphs)
            line.put("\(count.done)/\(count.of)", at: column.x + 2, count.numberRole, to: column.end)
        }
        return line
    }

    /// One odd thing stands under its axis, several stand in a row.
    private func oddLine(_ odd: [Odd], _ layout: AxisColumns) -> Line {
        var line = Line(odd[0].subject ?? odd[0].names.first.map { .server($0) })
        let room = frame.right - layout.start - 2 - (odd.count > 1 ? 9 : 0)
        let texts = odd.enumerated().map { $1.text(sight, room: $0 == 0 ? room : .max) }
        var x = layout.start
        if odd.count == 1, let column = layout.columns.first(where: { $0.axis == summaries[0].axes[odd[0].axis] }) {
            x = max(layout.start, min(column.x, frame.right - 2 - CellWidth.shown(texts[0])))
        }
        for (place, one) in odd.enumerated() {
            let width = 2 + CellWidth.shown(texts[place])
            let left = odd.count - place
            let reserve = left > 1 ? 9 : 0
            if place > 0, x + width + reserve > frame.right {
                line.put("\(left) more", at: x, .waiting, to: frame.right)
                break
            }
            line.put(one.face.sign, one.face.role, at: x, sight.glyphs)
            x = line.put(texts[place], at: x + 2, one.face.proseRole, to: frame.right) + 2
        }
        return line
    }

    // MARK: Folded

    /// A line for each wave, or one for all: how many servers are done with every axis, and the first odd one.
    func folded(_ rows: Int) -> [Line] {
        if rows >= groups.count {
            return groups.indices.map { place in
                var line = place == 0 ? frame.opening("SERVERS", groups[place].subject) : Line(groups[place].subject)
                fold(place, into: &line, at: frame.sign, to: frame.right)
                return line
            }
        }
        var lines: [Line] = []
        for row in 0..<max(rows, 1) {
            let isLast = row == max(rows, 1) - 1
            var line = row == 0 ? frame.opening("SERVERS", groups[row].subject) : Line(groups[row].subject)
            let left = groups.count - row
            let end =
                isLast && left > 1 ? line.put("\(left - 1) more", endingAt: frame.right, .waiting) - 1 : frame.right
            fold(isLast ? worst(from: row) : row, into: &line, at: frame.sign, to: end)
            lines.append(line)
        }
        return lines
    }

    private func worst(from first: Int) -> Int { (first..<groups.count).first { !odd[$0].isEmpty } ?? first }

    private func fold(_ place: Int, into line: inout Line, at column: Int, to end: Int) {
        let group = groups[place]
        let axes = summaries[place].axes
        let done = group.counted.count { server in
            // Where nobody probes, nobody is missing.
            axes.allSatisfy {
                $0.face(server, sight.situation) == nil || $0.isAsked(server, sight.situation)
                    || $0 == .reach && server.reach == nil
            }
        }
        let worst = axes.compactMap { summaries[place].count($0)?.face }.min {
            ServerGroup.rank($0.sign) < ServerGroup.rank($1.sign)
        }
        let face = odd[place].first?.face ?? worst ?? Face(.pending, "", .waiting)
        line.put(face.sign, face.role, at: column, sight.glyphs)
        let x = line.put("\(group.title(sight)) \(done)/\(group.counted.count)", at: column + 2, .plain, to: end)
        if let first = odd[place].first {
            line.put(first.text(sight, room: end - x - 1), at: x + 1, first.face.proseRole, to: end)
        }
    }
}
