import OrderedCollections
import WarRoomCore

/// The boards where there is room: a row for each team, with a sign for each check and the bad ones by name. A board
/// that is marked for its teams is a grid of them.
struct ReviewStrips {
    let sight: Sight
    let frame: Frame
    /// The least cells for a team in the grid.
    let cell: Int

    private var boards: [BoardFacts] {
        let boards = sight.situation.boards.values.filter { !$0.teams.isEmpty }
        return boards.filter { !isGrid($0) } + boards.filter { isGrid($0) }
    }

    private func isGrid(_ board: BoardFacts) -> Bool { board.teams.values.allSatisfy { $0.checks.count == 1 } }

    private func gridRows(_ board: BoardFacts) -> Int { (board.teams.count + perRow - 1) / perRow }

    private var perRow: Int { max((frame.right - frame.sign) / cell, 1) }

    var rows: Int { boards.reduce(0) { $0 + 1 + (isGrid($1) ? gridRows($1) : $1.teams.count) } }

    var lines: [Line] {
        var lines: [Line] = []
        for board in boards {
            lines.append(head(board, isFirst: lines.isEmpty))
            lines += isGrid(board) ? grid(board) : board.teams.values.map { strip($0, board) }
        }
        return lines
    }

    private func head(_ board: BoardFacts, isFirst: Bool) -> Line {
        var line = Line(.board(board.id))
        if isFirst { line.put("REVIEWS", at: frame.gutter, .gutter, to: frame.sign + 8) }
        let start = frame.hasHeadLine ? frame.gutter + 10 : frame.sign
        let end = line.put(board.title, at: start, .gutter, to: frame.right)
        board.summary(&line, at: end + 2, sight, frame)
        return line
    }

    private func strip(_ team: BoardFacts.Team, _ board: BoardFacts) -> Line {
        var line = Line(.team(board: board.id, team: team.id))
        line.put(team.face.sign, team.face.role, at: frame.sign, sight.glyphs)
        let widest = board.teams.values.map { CellWidth.shown($0.title) }.max() ?? 0
        var x = frame.text + min(widest, 20) + 2
        line.put(team.title, at: frame.text, .plain, to: x - 1)
        let most = min(board.teams.values.map(\.checks.count).max() ?? 0, 12)
        for (place, check) in team.checks.prefix(most).enumerated() {
            let face = Face(check)
            line.put(face.sign, face.role, at: x + place * 2, sight.glyphs)
        }
        x = line.put(team.phrase, at: x + most * 2 + 1, team.face.role, to: frame.right) + 2
        guard
            let bad = team.checks.first(where: { $0.mark == .issues || $0.mark == .noResponse })
                ?? team.checks.first(where: { $0.recheck != nil })
        else { return line }
        let note = bad.recheck.map { ": " + $0.reason } ?? bad.current?.note.map { $0.isEmpty ? "" : ": " + $0 } ?? ""
        let face = Face(bad)
        if x + 8 < frame.right {
            line.put(face.sign, face.role, at: x, sight.glyphs)
            line.put(bad.title + note, at: x + 2, face.role, to: frame.right)
        }
        return line
    }

    /// Teams with one check each, in rows; a team that is not ok says so behind its name.
    private func grid(_ board: BoardFacts) -> [Line] {
        let teams = Array(board.teams.values)
        let width = (frame.right - frame.sign) / perRow
        return stride(from: 0, to: teams.count, by: perRow).map { start in
            var line = Line(.board(board.id))
            for (place, team) in teams[start..<min(start + perRow, teams.count)].enumerated() {
                let x = frame.sign + place * width
                let face = team.face
                line.put(face.sign, face.role, at: x, sight.glyphs)
                line.put(
                    team.title, at: x + 2, face.role == .good || face.role == .waiting ? .good : face.role,
                    to: x + width - 1)
            }
            return line
        }
    }
}
