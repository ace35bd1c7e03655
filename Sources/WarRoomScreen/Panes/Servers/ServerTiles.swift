import WarRoomCore

/// The servers as filled areas, wave by wave, for a call: each with its sign and name, and under each wave how far it
/// is.
struct ServerTiles {
    private let groups: [ServerGroup]
    private let sight: Sight
    private let frame: Frame

    /// `nil` where not every wave has room on a row.
    init?(_ groups: [ServerGroup], _ sight: Sight, _ frame: Frame) {
        let waves = groups.filter { $0.subject != .wave("") || groups.count == 1 }
        guard !waves.isEmpty, waves.count <= 6, frame.cut != .slim else { return nil }
        (self.groups, self.sight, self.frame) = (waves, sight, frame)
        guard waves.allSatisfy({ start + $0.servers.count * (width + 1) <= frame.right + 1 }) else { return nil }
    }

    private var start: Int {
        let longest = groups.map { CellWidth.shown($0.title(sight)) }.max() ?? 0
        return (frame.hasHeadLine ? frame.gutter : frame.sign) + max(longest, 6) + 2
    }

    /// The cells of each tile.
    private var width: Int {
        let names = groups.flatMap(\.servers).map { CellWidth.shown(sight.shortName($0.name)) }.max() ?? 0
        let most = groups.map(\.servers.count).max() ?? 1
        return max(min((frame.right + 1 - start) / max(most, 1) - 1, frame.cut == .narrow ? 11 : 12), names + 4)
    }

    var rows: Int { lines.count }

    var lines: [Line] {
        let service = sight.situation.service
        let count = service.isKnown ? "\(service.inService) of \(service.of) serve customers" : "not known who serves"
        var lines = frame.headings("SERVERS", count)
        for (place, group) in groups.enumerated() {
            var line = place == 0 ? frame.opening("SERVERS", group.subject) : Line(group.subject)
            line.put(group.title(sight), at: frame.hasHeadLine ? frame.gutter : frame.sign, .strong, to: start - 1)
            let summary = group.summary(sight)
            for (place, server) in group.servers.enumerated() { put(server, summary, place, into: &line) }
            // What is true of all stands beside them where there is room, what is odd always below.
            let beside = start + group.servers.count * (width + 1) + 1
            if summary.odd.isEmpty, frame.right - beside > 22 {
                told(summary, at: beside, into: &line)
                lines.append(line)
                continue
            }
            lines.append(line)
            var below = Line(group.subject)
            if let odd = summary.odd.first {
                self.odd(odd, summary.odd.count - 1, into: &below)
            } else {
                told(summary, at: start, into: &below)
            }
            lines.append(below)
        }
        return lines
    }

    private func put(_ server: ServerFacts, _ summary: GroupSummary, _ place: Int, into line: inout Line) {
        let x = start + place * (width + 1)
        let odd = summary.odd.first { $0.names.contains(server.name) }
        let face = odd?.face ?? Face(server)
        let role: TextRole =
            switch face.role {
            case .good: .tileGood
            case .act: .tileActQuiet
            case .bad: .tileBadQuiet
            case .moving: .tileMoving
            case .off: .tileOff
            case .doubt: .doubt
            default: .tileWaiting
            }
        line.put(" ", times: width, at: x, role)
        line.put(face.sign, role, at: x + 1, sight.glyphs)
        let name = sight.shortName(server.name)
        let axis = odd.flatMap { summary.axes.indices.contains($0.axis) ? summary.axes[$0.axis] : nil }
        let isOut =
            if case .pool = axis { odd?.face.sign == .need && CellWidth.shown(name) + 8 <= width } else { false }
        line.put(name + (isOut ? " out" : ""), at: x + 3, role, to: x + width)
    }

    private func odd(_ odd: Odd, _ others: Int, into line: inout Line) {
        line.subject = odd.subject ?? odd.names.first.map { .server($0) }
        line.put(odd.face.sign, odd.face.role, at: start, sight.glyphs)
        let more = others > 0 ? "   \(others) more" : ""
        let text = odd.text(sight, room: frame.right - start - 2 - more.count)
        let end = line.put(text, at: start + 2, odd.face.proseRole, to: frame.right - more.count)
        line.put(more, at: end, .waiting, to: frame.right)
    }

    /// How far all of them are: of what nobody has begun only that they serve.
    private func told(_ summary: GroupSummary, at column: Int, into line: inout Line) {
        let counts = summary.axes.compactMap { axis in summary.count(axis).map { (axis, $0) } }
            .filter { $0.0 != .reach && $0.0 != .alerts }
        guard counts.contains(where: { $0.1.done < $0.1.of }) else {
            line.put(.good, .good, at: column, sight.glyphs)
            let hasPools = counts.contains { if case .pool = $0.0 { true } else { false } }
            let words = ["patched, verified" + (hasPools ? ", in every pool" : ""), "all done"]
            let fitting = words.first { column + 2 + CellWidth.shown($0) <= frame.right } ?? words[1]
            line.put(fitting, at: column + 2, .plain, to: frame.right)
            return
        }
        var words = counts.map { ($0.1, "\($0.1.done)/\($0.1.of) \($0.0.head(sight.runbook))") }
        func width() -> Int { words.reduce(-2) { $0 + CellWidth.shown($1.1) + 4 } }
        let pools = counts.filter { if case .pool = $0.0 { true } else { false } }
        if column + width() > frame.right, pools.count > 1, pools.allSatisfy({ $0.1.done == $0.1.of }) {
            let others = counts.filter { if case .pool = $0.0 { false } else { true } }
            words =
                others.map { ($0.1, "\($0.1.done)/\($0.1.of) \($0.0.head(sight.runbook))") }
                + [(pools[0].1, "\(pools[0].1.done)/\(pools[0].1.of) in every pool")]
            while column + width() > frame.right, words.count > 1 { words.removeFirst() }
        }
        var x = column
        for (count, text) in words where x + CellWidth.shown(text) + 2 <= frame.right {
            line.put(count.face.sign, count.face.role, at: x, sight.glyphs)
            x = line.put(text, at: x + 2, count.numberRole, to: frame.right) + 2
        }
    }
}
