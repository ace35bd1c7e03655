import OrderedCollections
import WarRoomCore

/// The boards where there is room: when each is due, a row for each team with a sign for each check and the bad ones by
/// name. A board that is marked for its teams folds those that nothing is to be said of.
struct ReviewStrips {
    let sight: Sight
    let frame: Frame

    private enum Row {
        case board(BoardFacts)
        case team(BoardFacts.Team, BoardFacts)
        /// Teams with a check each, side by side.
        case several([BoardFacts.Team], BoardFacts)
        /// The first team, and how many others there are.
        case folded(BoardFacts.Team, BoardFacts)
        /// Teams with the marks of all their checks, side by side.
        case marks([BoardFacts.Team], BoardFacts)
    }

    private var all: [Row] {
        let boards = sight.situation.boards.values.filter { !$0.teams.isEmpty }
        // Boards whose teams mark themselves come first, because their marks are read out on the call.
        let ordered = boards.filter { !isGrid($0) } + boards.filter { isGrid($0) }
        return ordered.flatMap { board -> [Row] in
            let teams = Array(board.teams.values)
            guard isGrid(board) else {
                // For a call one row tells all of them.
                let isOneRow = frame.isPresenting && teams.reduce(0) { $0 + markWidth($1) + 4 } - 4 <= frame.room
                return [.board(board)] + (isOneRow ? [.marks(teams, board)] : teams.map { .team($0, board) })
            }
            let perRow = max((frame.right - frame.sign) / 30, 1)
            let rows = stride(from: 0, to: teams.count, by: perRow).map {
                Row.several(Array(teams[$0..<min($0 + perRow, teams.count)]), board)
            }
            // Where nobody has answered yet, names say nothing.
            let isFresh = teams.allSatisfy { $0.answered == 0 && $0.face.sign == .pending }
            return [.board(board)] + (isFresh && teams.count > 3 ? [.folded(teams[0], board)] : rows)
        }
    }

    private func isGrid(_ board: BoardFacts) -> Bool { board.teams.values.allSatisfy { $0.checks.count == 1 } }

    var rows: Int { all.count }

    var lines: [Line] {
        all.enumerated().map { place, row in
            var line =
                place == 0 && !frame.hasHeadLine ? frame.opening("REVIEWS") : Line()
            switch row {
            case .board(let board): head(board, into: &line)
            case .team(let team, let board): strip(team, board, into: &line)
            case .several(let teams, let board): several(teams, board, into: &line)
            case .folded(let team, let board): folded(team, board, into: &line)
            case .marks(let teams, let board): marks(teams, board, into: &line)
            }
            return line
        }
    }

    private func head(_ board: BoardFacts, into line: inout Line) {
        line.subject = .board(board.id)
        let x = line.put(board.title, at: frame.sign, .plain, to: frame.right)
        guard let due = board.due else { return }
        let isAhead = sight.isAhead(due)
        let words =
            isAhead
            ? [", due \(sight.both(due))", ", due \(sight.bothShort(due))", ", due \(sight.left(due))"]
            : [", was due \(sight.both(due))", ", was due \(sight.age(due)) ago"]
        let fitting = words.first { x + CellWidth.shown($0) <= frame.right } ?? words[words.count - 1]
        line.put(fitting, at: x, .plain, to: frame.right)
    }

    private func strip(_ team: BoardFacts.Team, _ board: BoardFacts, into line: inout Line) {
        line.subject = .team(board: board.id, team: team.id)
        line.put(team.face.sign, team.face.role, at: frame.sign, sight.glyphs)
        let widest = board.teams.values.map { CellWidth.shown($0.title) }.max() ?? 0
        var x = frame.text + min(widest, 20) + 2
        line.put(team.title, at: frame.text, .plain, to: x - 1)
        let most = min(board.teams.values.map(\.checks.count).max() ?? 0, 12)
        for (place, check) in team.checks.prefix(most).enumerated() {
            let face = Face(check)
            line.put(face.sign, face.role, at: x + place * 2, sight.glyphs)
        }
        x += most * 2 + 1
        let count = "\(team.checks.count(where: \.isOk))/\(team.checks.count)"
        let end = line.put(count, endingAt: frame.right, team.face.sign == .pending ? .waiting : .plain) - 2
        guard
            let bad = team.checks.first(where: { $0.mark == .issues || $0.mark == .noResponse })
                ?? team.checks.first(where: { $0.recheck != nil })
        else { return }
        let note = bad.recheck.map { ": " + $0.reason } ?? bad.current?.note.map { $0.isEmpty ? "" : ": " + $0 } ?? ""
        let face = Face(bad)
        if x + 8 < end {
            line.put(face.sign, face.role, at: x, sight.glyphs)
            line.put(bad.title + note, at: x + 2, .plain, to: end)
        }
    }

    private func markWidth(_ team: BoardFacts.Team) -> Int {
        CellWidth.shown(team.title) + team.checks.count * 2 + 9
    }

    private func marks(_ teams: [BoardFacts.Team], _ board: BoardFacts, into line: inout Line) {
        line.subject = teams.first.map { .team(board: board.id, team: $0.id) }
        let used = teams.reduce(0) { $0 + markWidth($1) }
        let gap = min((frame.room - used) / max(teams.count - 1, 1), 6)
        var x = frame.text
        for team in teams {
            line.put(team.face.sign, team.face.role, at: x, sight.glyphs)
            var place = line.put(team.title, at: x + 2, .plain, to: frame.right) + 2
            for check in team.checks {
                let face = Face(check)
                line.put(face.sign, face.role, at: place, sight.glyphs)
                place += 2
            }
            let count = "\(team.checks.count(where: \.isOk))/\(team.checks.count)"
            line.put(count, at: place + 1, team.face.sign == .pending ? .waiting : .plain, to: frame.right)
            x += markWidth(team) + gap
        }
    }

    /// Teams with one check each, side by side.
    private func several(_ teams: [BoardFacts.Team], _ board: BoardFacts, into line: inout Line) {
        line.subject = .board(board.id)
        let width = (frame.right - frame.sign) / max((frame.right - frame.sign) / 30, 1)
        for (place, team) in teams.enumerated() {
            let x = frame.sign + place * width
            line.put(team.face.sign, team.face.role, at: x, sight.glyphs)
            line.put(team.title, at: x + 2, .plain, to: x + width - 1)
        }
        if teams.last?.id == board.teams.values.last?.id { count(board, into: &line) }
    }

    private func folded(_ team: BoardFacts.Team, _ board: BoardFacts, into line: inout Line) {
        line.subject = .board(board.id)
        line.put(team.face.sign, team.face.role, at: frame.sign, sight.glyphs)
        line.put(team.title, at: frame.text, .plain, to: frame.sign + 15)
        line.put(.pending, .waiting, at: frame.sign + 16, sight.glyphs)
        line.put("\(board.teams.count - 1) other teams", at: frame.text + 16, .plain, to: frame.right - 5)
        count(board, into: &line)
    }

    private func count(_ board: BoardFacts, into line: inout Line) {
        let count = "\(board.checks.count(where: \.isOk))/\(board.checks.count)"
        line.put(count, endingAt: frame.right, board.face.sign == .pending ? .waiting : .plain)
    }
}
