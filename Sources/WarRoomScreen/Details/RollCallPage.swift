import WarRoomCore

/// The page of the roll-call: the team's name in large letters, its checks with their live state beside or under it.
struct RollCallPage {
    let sight: Sight
    let frame: Frame
    let call: RollCall

    var lines: [Line] {
        guard let turn = call.turn(sight) else { return [] }
        let turns = RollCall.turns(sight)
        var head = frame.heading("ROLL-CALL", "\(min(call.place, turns.count - 1) + 1) of \(turns.count)")
        let x = head.pieces.last.map { $0.column + CellWidth.shown($0.text) + 3 } ?? frame.text
        let end = head.put(turn.board.title, at: x, .strong, to: frame.right) + 2
        if let due = turn.board.due {
            let words = "due \(sight.bothShort(due)), \(sight.isAhead(due) ? sight.left(due) : sight.age(due) + " ago")"
            if end + words.count <= frame.right {
                head.put(words, at: end, sight.isAhead(due) ? .waiting : .act, to: frame.right)
            }
        }
        let isBeside = frame.width >= 110
        let name = self.name(turn, width: isBeside ? 40 : frame.right - frame.text)
        let checks = self.checks(turn, at: isBeside ? 46 : frame.text)
        var lines = [head, Line()]
        if isBeside {
            for row in 0..<max(name.count, checks.count) {
                var line = row < name.count ? name[row] : Line()
                if row < checks.count { line.pieces += checks[row].pieces }
                lines.append(line)
            }
        } else {
            lines += name + [Line()] + checks
        }
        lines.append(Line())
        lines += keys()
        return lines
    }

    /// The team's name in spaced letters, with its board and its state under it, because two boards may have a team of
    /// one name.
    private func name(_ turn: RollCall.Turn, width: Int) -> [Line] {
        let title = CleanText.line(turn.team.title).uppercased()
        let spaced = title.split(separator: " ").map { $0.map(String.init).joined(separator: " ") }
        var rows = spaced.joined(separator: "   ")
        if CellWidth.shown(rows) > width { rows = title }
        var lines: [Line] = []
        let parts = rows == title ? title.wrapped(to: width) : [rows]
        for part in parts {
            var line = Line()
            line.put(part, at: frame.text, .strong, to: frame.text + width)
            lines.append(line)
        }
        var state = Line()
        let face = turn.team.face
        state.put(face.sign, face.role, at: frame.text, sight.glyphs)
        state.put("\(turn.board.title), \(turn.team.phrase)", at: frame.text + 2, face.role, to: frame.text + width)
        return lines + [state]
    }

    private func checks(_ turn: RollCall.Turn, at column: Int) -> [Line] {
        let title = column + 2
        let widest = turn.team.checks.map { CellWidth.shown($0.title) }.max() ?? 8
        let word = title + min(widest, max((frame.right - title) / 2, 12)) + 2
        return turn.team.checks.enumerated().map { place, check in
            var line = Line()
            let face = Face(check)
            let isAsked = place == max(0, min(call.check, turn.team.checks.count - 1))
            if isAsked { line.put(Shape.cursor.text(sight.glyphs), times: 1, at: column - 2, .act) }
            line.put(face.sign, face.role, at: column, sight.glyphs)
            line.put(check.title, at: title, isAsked ? .strong : .plain, to: word - 1)
            let end = line.put(face.word, at: word, face.role, to: frame.right) + 2
            guard let mark = check.current else { return line }
            // What was found is read out. By whom and when stands behind it, as far as there is room.
            let note = mark.note.map { $0.isEmpty ? "" : "\($0), " } ?? ""
            line.put("\(note)\(mark.reviewer) \(sight.bothShort(mark.at))", at: end, .waiting, to: frame.right)
            return line
        }
    }

    private func keys() -> [Line] {
        var lines = [Line()]
        var x = frame.text
        for binding in RollCall.bindings where !sight.vitals.isReadOnly || !binding.deed.writes {
            guard let words = binding.words, let key = binding.keys.first?.name else { continue }
            if x > frame.text, x + key.count + 1 + words.count > frame.right {
                lines.append(Line())
                x = frame.text
            }
            x = lines[lines.count - 1].put(key, at: x, .strong) + 1
            x = lines[lines.count - 1].put(words, at: x, .plain, to: frame.right) + 3
        }
        return lines
    }
}
