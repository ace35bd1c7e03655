import OrderedCollections
import WarRoomCore

/// The zoomed list of boards, teams and checks: how each is marked, by whom, when in both zones, and with which words.
enum ZoomedReviews {
    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let columns = CheckColumns(frame)
        let checks = sight.situation.boards.values.flatMap(\.checks)
        let answered = checks.count { !$0.isPending }
        let note = "\(answered) of \(checks.count) answered, \(checks.count(where: \.isOk)) ok"
        // On a narrow screen every row is worth a check: the heads stand on the filled line.
        let isWide = frame.width >= 110
        var line = isWide ? Line() : frame.heading("REVIEWS", note)
        if isWide {
            line.put("check", at: frame.text, .waiting, to: columns.word - 1)
            line.put("mark", at: columns.word, .waiting, to: columns.reviewer - 1)
        }
        line.put("reviewer", at: columns.reviewer, isWide ? .waiting : .headNote, to: columns.home)
        let zones = sight.runbook.zones
        line.put(zones.home.label, at: columns.home, isWide ? .timeHome : .headNote, to: columns.other)
        line.put(zones.other.label, at: columns.other, isWide ? .timeOther : .headNote, to: frame.right)
        if let note = columns.note { line.put("note", at: note, .waiting, to: frame.right) }
        return isWide ? [frame.heading("REVIEWS", note), line] : [line]
    }

    static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame) -> Line {
        switch subject {
        case .board(let id): board(id, sight, frame)
        case .team(let board, let team): self.team(board, team, sight, frame)
        case .check(let path): check(path, sight, frame)
        default: Line(subject)
        }
    }

    private static func board(_ id: String, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.board(id))
        guard let board = sight.situation.boards[id] else { return line }
        let end = line.put(board.title, at: frame.gutter, .strong, to: frame.right)
        let due = board.due.map { due in
            "due \(sight.both(due)), \(sight.isAhead(due) ? sight.left(due) : sight.age(due) + " ago")"
        }
        let words = [board.counts, due].compactMap { $0 }.joined(separator: ", ")
        line.put(words, at: end + 2, .waiting, to: frame.right)
        return line
    }

    private static func team(_ board: String, _ id: String, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.team(board: board, team: id))
        guard let team = sight.situation.boards[board]?.teams[id] else { return line }
        line.put(team.face.sign, team.face.role, at: frame.sign, sight.glyphs)
        line.put(team.title, at: frame.text, .plain, to: CheckColumns(frame).word - 1)
        line.put(team.answers, at: CheckColumns(frame).word, .plain, to: frame.right)
        return line
    }

    private static func check(_ path: Runbook.CheckPath, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.check(path))
        guard let team = sight.situation.boards[path.board]?.teams[path.team],
            let check = team.checks.first(where: { $0.path == path })
        else { return line }
        let columns = CheckColumns(frame)
        let face = Face(check)
        // A team with one check is one row under its own name.
        let (title, indent) = team.checks.count == 1 ? (team.title, 0) : (check.title, 2)
        line.put(face.sign, face.role, at: frame.sign + indent, sight.glyphs)
        line.put(title + (check.isAdded ? ", added" : ""), at: frame.text + indent, .plain, to: columns.word - 1)
        // A mark that came late says so in full, at the cost of the reviewer's name.
        let end = line.put(face.word, at: columns.word, face.role, to: columns.home - 1)
        let reviewer = max(columns.reviewer, end + 1)
        guard let mark = check.current else { return line }
        // Why it must be looked at again is worth more than what was said of it before.
        let note = check.recheck?.reason ?? mark.note ?? ""
        if columns.note == nil, mark.mark == .issues || check.recheck != nil, !note.isEmpty {
            line.put(note, at: reviewer, .plain, to: frame.right)
            return line
        }
        line.put(mark.reviewer, at: reviewer, .plain, to: columns.home - 1)
        line.put(sight.home(mark.at), at: columns.home, .timeHome, to: frame.right)
        line.put(sight.other(mark.at), at: columns.other, .timeOther, to: frame.right)
        if let place = columns.note, !note.isEmpty { line.put(note, at: place, .plain, to: frame.right) }
        return line
    }
}
