import OrderedCollections
import WarRoomCore

/// The boards in a few rows: a row for each team that marks itself, one for each board that is marked for its teams.
struct ReviewFold {
    let sight: Sight
    let frame: Frame

    private enum Row {
        case team(BoardFacts, BoardFacts.Team)
        case board(BoardFacts)
    }

    private var all: [Row] {
        // Boards whose teams mark themselves come first, because their marks are read out on the call.
        let boards = sight.situation.boards.values.filter { !$0.teams.isEmpty }
        let own = boards.filter { !ReviewsPane.isMarkedForTeams($0, sight) }
        return own.flatMap { board in board.teams.values.map { Row.team(board, $0) } }
            + boards.filter { ReviewsPane.isMarkedForTeams($0, sight) }.map { Row.board($0) }
    }

    var rows: Int { max(all.count, 1) }

    /// As many rows as there is room for; what is hidden is counted.
    func teams(_ count: Int) -> [Line] {
        let rows = all
        let shown = rows.count <= count ? rows.count : max(count - 1, 0)
        let titles = rows.prefix(shown).map { row in
            switch row {
            case .team(_, let team): CellWidth.shown(team.title)
            case .board(let board): board.teams.values.first.map { CellWidth.shown($0.title) } ?? 0
            }
        }
        let word = frame.text + min(titles.max() ?? 8, max(frame.room - 6, 8)) + 2
        var lines: [Line] = []
        for row in rows.prefix(shown) {
            var line = lines.isEmpty ? frame.opening("REVIEWS") : Line()
            switch row {
            case .team(let board, let team):
                line.subject = .team(board: board.id, team: team.id)
                line.put(team.face.sign, team.face.role, at: frame.sign, sight.glyphs)
                let phrase = phrase(of: team, room: frame.right - word)
                let start = min(word, frame.right - CellWidth.shown(phrase))
                line.put(team.title, at: frame.text, .plain, to: start - 1)
                line.put(phrase, at: start, team.face.wordRole, to: frame.right)
            case .board(let board): fill(&line, board, word: word)
            }
            lines.append(line)
        }
        if shown < rows.count { lines.append(frame.more(rows.count - shown, "more teams")) }
        return lines
    }

    private static func worst(_ faces: [Face]) -> Face {
        faces.max { ReviewFold.weight($0.sign) < ReviewFold.weight($1.sign) } ?? .unsaid
    }

    /// The first team by name, the rest as a count with their worst sign. Where its word leaves no room for them, its
    /// sign and its count stand for it.
    private func fill(_ line: inout Line, _ board: BoardFacts, word: Int) {
        guard let first = board.teams.values.first else { return }
        let rest = Array(board.teams.values.dropFirst())
        line.subject = .board(board.id)
        line.put(first.face.sign, first.face.role, at: frame.sign, sight.glyphs)
        var end = frame.right
        if !rest.isEmpty {
            let ok = rest.count { $0.face.sign == .good }
            let worst = ReviewFold.worst(rest.map(\.face))
            let text = "rest \(ok)/\(rest.count)"
            let start = line.put(text, endingAt: frame.right, worst.wordRole, from: frame.text + 4)
            line.put(worst.sign, worst.role, at: start - 2, sight.glyphs)
            end = start - 3
        }
        let phrase = first.checks.count == 1 ? first.face.word : first.phrase
        let share = ReviewFold.share(first.checks)
        let words = word + CellWidth.shown(phrase) > end ? share : phrase
        let start = min(word, end - CellWidth.shown(words))
        // A team needs not be called one.
        let titles = [first.title, first.title.hasSuffix(" Team") ? String(first.title.dropLast(5)) : first.title]
        let title = titles.first { frame.text + CellWidth.shown($0) < start } ?? titles[1]
        line.put(title, at: frame.text, .plain, to: start - 1)
        line.put(words, at: start, first.face.wordRole, to: end)
    }

    /// What is wrong with a team is said in a word, at the cost of its name's end; else its share is enough.
    private func phrase(of team: BoardFacts.Team, room: Int) -> String {
        guard CellWidth.shown(team.phrase) > room else { return team.phrase }
        let issues = team.checks.count { $0.mark == .issues }
        let again = team.checks.count { $0.mark == .ok && $0.recheck != nil }
        if issues > 0 { return issues == 1 ? "1 issue" : "\(issues) issues" }
        return again > 0 ? "\(again) again" : ReviewFold.share(team.checks)
    }

    private static func share(_ checks: [BoardFacts.Check]) -> String {
        "\(checks.count(where: \.isOk))/\(checks.count)"
    }

    private static func weight(_ sign: Sign) -> Int {
        switch sign {
        case .bad: 6
        case .recheck: 5
        case .need: 4
        case .noResponse: 3
        case .moving: 2
        case .pending: 1
        default: 0
        }
    }

    /// All on one line: side by side the teams if they fit, else the boards, else one number for all.
    var line: Line {
        let boards = Array(sight.situation.boards.values)
        let teams = all.flatMap { row -> [(Face, String)] in
            switch row {
            case .team(_, let team): return [(team.face, "\(team.title) " + ReviewFold.count(team.checks))]
            case .board(let board):
                let rest = board.teams.values.dropFirst()
                let first = board.teams.values.prefix(1).map { ($0.face, "\($0.title) " + ReviewFold.count($0.checks)) }
                return first
                    + (rest.isEmpty
                        ? []
                        : [(ReviewFold.worst(rest.map(\.face)), "rest " + ReviewFold.count(rest.flatMap(\.checks)))])
            }
        }
        let choices = [
            teams, boards.map { ($0.face, "\($0.title) " + ReviewFold.count($0.checks)) },
            [(ReviewFold.worst(boards.map(\.face)), ReviewFold.count(boards.flatMap(\.checks)))],
        ]
        let fitting = choices.first { $0.reduce(frame.sign - 3) { $0 + CellWidth.shown($1.1) + 5 } <= frame.right }
        var line = frame.opening("REVIEWS")
        var x = frame.sign
        for (face, text) in fitting ?? choices[2] {
            line.put(face.sign, face.role, at: x, sight.glyphs)
            x = line.put(text, at: x + 2, face.proseRole, to: frame.right) + 3
        }
        return line
    }

    /// `15/24`, `15/24, 1 issue, 2 silent`.
    private static func count(_ checks: [BoardFacts.Check]) -> String {
        let issues = checks.count { $0.mark == .issues }
        let none = checks.count { $0.mark == .noResponse }
        let again = checks.count { $0.mark == .ok && $0.recheck != nil }
        var text = "\(checks.count(where: \.isOk))/\(checks.count)"
        if issues > 0 { text += issues == 1 ? ", 1 issue" : ", \(issues) issues" }
        if again > 0 { text += ", \(again) to check again" }
        if none > 0 { text += ", \(none) silent" }
        return text
    }
}
