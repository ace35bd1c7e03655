import OrderedCollections
import WarRoomCore

/// The review boards, whose checks people mark.
enum ReviewsPane {
    static let pane = Pane(
        name: "reviews",
        reads: Reads(facts: [.boards, .runbook]), forms: forms, items: items,
        head: ZoomedReviews.head, rows: { sight, frame in { ZoomedReviews.line($0, sight, frame) } },
        isTroubled: { sight in
            sight.situation.boards.values.contains { board in
                board.teams.values.contains { $0.face.role == .bad || $0.face.role == .act }
            }
        })

    /// Whether a board is marked by one role for all its teams; it folds to its first team and the rest.
    static func isMarkedForTeams(_ board: BoardFacts, _ sight: Sight) -> Bool {
        sight.runbook.boards[board.id]?.by != nil
    }

    private static func items(_ sight: Sight) -> [Subject] {
        var items: [Subject] = []
        for board in sight.situation.boards.values {
            items.append(.board(board.id))
            for team in board.teams.values {
                if team.checks.count != 1 { items.append(.team(board: board.id, team: team.id)) }
                items += team.checks.map { .check($0.path) }
            }
        }
        return items
    }

    // MARK: Overview

    private static func forms(_ sight: Sight, _ frame: Frame) -> [Form] {
        guard !sight.situation.boards.isEmpty else { return [.none] }
        let fold = ReviewFold(sight: sight, frame: frame)
        let heads = frame.headings("REVIEWS", answered(sight))
        var forms: [Form] = []
        func add(_ rank: Int, _ least: Int, most: Int? = nil, _ lines: @escaping (Int) -> [Line]) {
            forms.append(
                Form(rank: rank, least: least + heads.count, most: (most ?? least) + heads.count) {
                    heads + lines($0 - heads.count)
                })
        }
        if frame.cut == .wide, !frame.isPresenting {
            // Where there are rows to spare every check stands by name.
            let items = items(sight)
            add(Rank.rich - 4, items.count) { _ in items.map { line($0, sight, frame) } }
        }
        if frame.cut == .wide || frame.cut == .medium && !frame.isPresenting {
            let strips = ReviewStrips(sight: sight, frame: frame)
            add(Rank.reviews - 2, strips.rows) { _ in strips.lines }
        }
        let rows = fold.rows
        if !(frame.isPresenting && frame.cut != .wide) {
            add(Rank.reviews - 1, rows) { fold.teams($0) }
            if rows > 4 { add(Rank.reviews, 4, most: rows) { fold.teams($0) } }
        }
        add(Rank.last - 3, 1) { _ in [fold.line] }
        forms.append(.none)
        return forms
    }

    /// `0 of 24 answered`, and what stands out.
    static func answered(_ sight: Sight) -> String {
        let checks = sight.situation.boards.values.flatMap(\.checks)
        let issues = checks.count { $0.mark == .issues }
        let again = checks.count { $0.mark == .ok && $0.recheck != nil }
        return "\(checks.count { !$0.isPending }) of \(checks.count) answered"
            + (issues > 0 ? issues == 1 ? ", 1 issue" : ", \(issues) issues" : "")
            + (again > 0 ? ", \(again) to check again" : "")
    }

    // MARK: Zoomed

    private static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame) -> Line {
        switch subject {
        case .board(let id): boardLine(id, sight, frame)
        case .team(let board, let team): teamLine(board, team, sight, frame)
        case .check(let path): checkLine(path, sight, frame)
        default: Line(subject)
        }
    }

    private static func boardLine(_ id: String, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.board(id))
        guard let board = sight.situation.boards[id] else { return line }
        let x = line.put(board.title, at: frame.gutter, .strong, to: frame.right)
        board.summary(&line, at: x + 2, sight, frame)
        return line
    }

    private static func teamLine(_ board: String, _ team: String, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(.team(board: board, team: team))
        guard let facts = sight.situation.boards[board]?.teams[team] else { return line }
        line.put(facts.face.sign, facts.face.role, at: frame.sign, sight.glyphs)
        line.put(facts.title, at: frame.text, .plain, to: CheckColumns(frame).word - 1)
        line.put(facts.phrase, at: CheckColumns(frame).word, facts.face.wordRole, to: frame.right)
        return line
    }

    private static func checkLine(_ path: Runbook.CheckPath, _ sight: Sight, _ frame: Frame) -> Line {
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
        let end = line.put(face.word, at: columns.word, face.wordRole, to: columns.home - 1)
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

/// The columns of a check that has a row of its own; in a column of the overview the other zone's time has no room.
struct CheckColumns {
    let word: Int
    let reviewer: Int
    let home: Int
    let other: Int
    /// Where the note stands, if there is room.
    let note: Int?

    init(_ frame: Frame) {
        let isColumn = !frame.isZoomed
        let title = isColumn ? 28 : frame.width >= 110 ? 34 : max(frame.width - 54, 12)
        word = frame.text + title
        reviewer = word + 14
        home = isColumn ? frame.right - 9 : reviewer + 12
        other = isColumn ? frame.width : home + 11
        note = frame.width - other > 30 ? other + 12 : nil
    }
}

extension BoardFacts.Team {
    /// The look of the team's worst check.
    var face: Face {
        if checks.contains(where: { $0.mark == .issues }) { return Face(.bad, "issues", .bad) }
        if checks.contains(where: { $0.recheck != nil }) { return Face(.recheck, "check again", .act) }
        if checks.contains(where: \.isProposedNoResponse) { return Face(.need, "no response?", .act) }
        if checks.contains(where: { $0.mark == .noResponse }) { return Face(.noResponse, "no response", .act) }
        if !checks.isEmpty, checks.allSatisfy(\.isOk) { return Face(.good, "ok", .good) }
        return answered > 0 ? Face(.moving, "under way", .moving) : Face(.pending, "pending", .waiting)
    }

    /// `0/4 pending`, `4/4 ok`, `2/4, 1 issue`.
    var phrase: String {
        let (ok, issues, none) = (count(.ok), checks.count { $0.mark == .issues }, count(.noResponse))
        let again = checks.count { $0.mark == .ok && $0.recheck != nil }
        if answered == 0 {
            return "0/\(checks.count) " + (checks.contains(where: \.isProposedNoResponse) ? "no answer" : "pending")
        }
        var text = "\(ok)/\(checks.count)" + (issues + none + again > 0 ? "" : " ok")
        if issues > 0 { text += issues == 1 ? ", 1 issue" : ", \(issues) issues" }
        if again > 0 { text += ", \(again) to check again" }
        if none > 0 { text += ", \(none) silent" }
        return text
    }
}

extension BoardFacts {
    /// The look of the board's worst team.
    var face: Face {
        let faces = teams.values.map(\.face)
        for sign in [Sign.bad, .recheck, .need, .noResponse, .moving] {
            if let face = faces.first(where: { $0.sign == sign }) { return face }
        }
        if !faces.isEmpty, faces.allSatisfy({ $0.sign == .good }) { return faces[0] }
        let isBegun = faces.contains { $0.sign == .good }
        return isBegun ? Face(.moving, "under way", .moving) : Face(.pending, "pending", .waiting)
    }

    /// `8 of 15 ok, 1 issue`.
    var counts: String {
        let checks = checks
        var text = "\(checks.count(where: \.isOk)) of \(checks.count) ok"
        let issues = checks.count { $0.mark == .issues }
        let none = checks.count { $0.mark == .noResponse }
        let again = checks.count { $0.mark == .ok && $0.recheck != nil }
        if issues > 0 { text += issues == 1 ? ", 1 issue" : ", \(issues) issues" }
        if again > 0 { text += ", \(again) to check again" }
        if none > 0 { text += ", \(none) no response" }
        return text
    }

    /// Adds the counts and, as far as there is room, when the board is due.
    func summary(_ line: inout Line, at column: Int, _ sight: Sight, _ frame: Frame) {
        let end = line.put(counts, at: column, face.wordRole, to: frame.right) + 2
        guard let due else { return }
        let isAhead = sight.isAhead(due)
        let left = isAhead ? sight.left(due) : sight.age(due) + " ago"
        let words = ["due \(sight.bothShort(due)), \(left)", "due \(sight.bothShort(due))", "due \(left)"]
        guard let fitting = words.first(where: { end + $0.utf8.count <= frame.right }) else { return }
        line.put(fitting, at: end, isAhead ? .waiting : .act, to: frame.right)
    }
}
