import WarRoomCore

/// All teams of all boards at the left of the roll-call, with what each has answered, and how far it has come.
struct RollCallRail {
    static let width = 36

    let sight: Sight
    let call: RollCall
    let rows: Int

    var lines: [Line] {
        let turns = RollCall.turns(sight)
        let place = max(0, min(call.place, turns.count - 1))
        let foot = foot(turns, place)
        var list: [Line] = []
        var selected = 0
        var board = ""
        for (number, turn) in turns.enumerated() {
            if turn.board.id != board {
                if !board.isEmpty { list.append(filled()) }
                board = turn.board.id
                list.append(head(of: turn.board))
            }
            if number == place { selected = list.count }
            list.append(team(turn.team, isCalled: number == place))
        }
        // The team that is called stays in sight.
        let room = max(rows - 1 - foot.count, 3)
        let start = max(0, min(selected - room / 2, list.count - room))
        var lines = [title(place, of: turns.count)] + list.dropFirst(start).prefix(room)
        if rows - lines.count >= foot.count { lines += foot }
        while lines.count < rows { lines.append(filled()) }
        return lines
    }

    private func filled(_ role: TextRole = .tileWaiting) -> Line {
        var line = Line()
        line.put(" ", times: RollCallRail.width, at: 0, role)
        return line
    }

    private func title(_ place: Int, of count: Int) -> Line {
        var line = filled(.headNote)
        line.put("ROLL-CALL", at: 2, .head, to: 18)
        line.put("team \(place + 1) of \(count)", endingAt: RollCallRail.width - 2, .headNote, from: 12)
        return line
    }

    private func head(of board: BoardFacts) -> Line {
        var line = filled()
        let checks = board.checks
        let silent = checks.count { $0.mark == .noResponse }
        let counts = "\(checks.count(where: \.isOk)) of \(checks.count) ok" + (silent > 0 ? ", \(silent) silent" : "")
        let end = line.put(counts, endingAt: RollCallRail.width - 2, .tileWaiting, from: 10)
        line.put(CleanText.line(board.id).uppercased(), at: 2, .tileWaiting, to: end - 1)
        return line
    }

    private func team(_ team: BoardFacts.Team, isCalled: Bool) -> Line {
        let face = team.face
        let isShort = team.checks.count == 1 && face.sign != .pending
        let word = isShort ? face.word : team.shortAnswers
        let quiet: TextRole =
            switch face.role {
            case .good: .tileGoodQuiet
            case .act: .tileActQuiet
            case .bad: .tileBadQuiet
            default: .tileWaiting
            }
        var line = filled(isCalled ? .cursor : .tileWaiting)
        line.put(isCalled ? .moving : face.sign, isCalled ? .cursor : quiet, at: 2, sight.glyphs)
        let role: TextRole = isCalled ? .cursor : isShort || quiet == .tileActQuiet ? quiet : .tileWaiting
        let end = line.put(word, endingAt: RollCallRail.width - 2, role, from: 16)
        line.put(team.title, at: 4, isCalled ? .cursor : .tileWaiting, to: end - 1)
        return line
    }

    /// How many checks have an answer, and who is called next.
    private func foot(_ turns: [RollCall.Turn], _ place: Int) -> [Line] {
        let checks = turns.flatMap(\.team.checks)
        let answered = checks.count { !$0.isPending }
        let count = "\(answered)/\(checks.count)"
        let room = RollCallRail.width - 5 - count.utf8.count
        let done = checks.isEmpty ? 0 : room * answered / checks.count
        var word = filled()
        word.put("answered", at: 2, .tileWaiting, to: RollCallRail.width)
        var bar = filled()
        bar.put(Shape.barDone.text(sight.glyphs), times: done, at: 2, .tileWaiting)
        bar.put(Shape.barToDo.text(sight.glyphs), times: room - done, at: 2 + done, .tileWaiting)
        bar.put(count, endingAt: RollCallRail.width - 2, .tileWaiting)
        var lines = [filled(), word, bar]
        let open = turns.enumerated().filter {
            $0.offset > place && $0.element.team.checks.contains(where: \.isPending)
        }
        for (word, turn) in zip(["next", "then"], open) {
            if lines.count == 3 { lines.append(filled()) }
            var line = filled()
            let left = turn.element.team.checks.count(where: \.isPending)
            line.put(
                "\(word): \(turn.element.team.title), \(left) open", at: 2, .tileWaiting, to: RollCallRail.width - 1)
            lines.append(line)
        }
        return lines
    }
}
