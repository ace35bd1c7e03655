import OrderedCollections
import WarRoomCore

/// What is known about checks, tests, sources and entries.
extension DetailPage {
    mutating func check(_ path: Runbook.CheckPath) {
        guard let board = sight.situation.boards[path.board], let team = board.teams[path.team],
            let check = team.checks.first(where: { $0.path == path })
        else { return add("CHECK", "\(path.text) is not on a board") }
        title(check.title, Face(check))
        add("SAYS", check.says)
        add("CHECK", "\(path.text), \(team.title), \(board.title)")
        if check.isAdded { add("ADDED", "on the night") }
        add("DUE", at: board.due)
        if let mark = check.current {
            add("REVIEWER", mark.reviewer + (mark.by == mark.reviewer ? "" : ", sent by \(mark.by)"))
            add("MARKED", at: mark.at)
            add("NOTE", mark.note)
        }
        if let recheck = check.recheck {
            add(
                "AGAIN", Face(.recheck, "", .act),
                recheck.reason + (recheck.since.map { ", \(sight.both($0))" } ?? ""))
        }
        let after = sight.runbook.boards[path.board]?.teams[path.team]?.checks[path.check]?.recheckAfter ?? []
        add("AFTER", after.isEmpty ? nil : "after " + after.joined(separator: ", "))
        let marks = sight.bridge.reviews[path]?.marks ?? []
        for (place, mark) in marks.reversed().enumerated() {
            let face = Face(mark.mark)
            let note = mark.note.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
            add(
                place == 0 ? "MARKS" : "", face,
                "\(face.word) by \(mark.reviewer), \(sight.both(mark.at)), entry "
                    + "\(mark.entry)\(note)\(undone(mark.undoneBy))"
            )
        }
    }

    private func undone(_ entry: Int?) -> String { entry.map { ", taken back by entry \($0)" } ?? "" }

    mutating func team(_ board: String, _ id: String) {
        guard let team = sight.situation.boards[board]?.teams[id] else { return }
        title(team.title, team.face)
        add("MARKS", team.phrase)
        for (place, check) in team.checks.enumerated() {
            let face = Face(check)
            let by = check.current.map { ", \($0.reviewer)" } ?? ""
            let note =
                check.recheck.map { ": \($0.reason)" } ?? check.current?.note.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
            add(place == 0 ? "CHECKS" : "", face, "\(check.title), \(face.word)\(by)\(note)")
        }
    }

    mutating func board(_ id: String) {
        guard let board = sight.situation.boards[id] else { return }
        title(board.title, board.face)
        add("MARKS", board.counts)
        add("DUE", at: board.due)
        add("MARKED BY", sight.runbook.boards[id]?.by ?? "each team itself")
        for (place, team) in board.teams.values.enumerated() {
            add(place == 0 ? "TEAMS" : "", team.face, "\(team.title), \(team.phrase)")
        }
    }

    mutating func source(_ id: String) {
        guard let source = sight.sources.first(where: { $0.id == id }) else {
            return add("SOURCE", "\(id) is not in the runbook")
        }
        title(id, source.face)
        add("AGE", source.ageWords)
        let record = sight.bridge.sources[id]
        add("SINCE", at: record?.since)
        add("LAST GOOD", at: [sight.vitals.confirmed[id], record?.lastGood].compactMap { $0 }.max())
        add("REASON", source.reason)
        if source.refused > 0 { add("REFUSED", "\(source.refused) of its events") }
        guard let plan = sight.runbook.sources[id] else { return }
        add("KIND", plan.kind.declaration.word)
        add("EVERY", "\(plan.every.written), given up after \(plan.timeout.written)")
        add("STALE", plan.staleAfter.map { "after " + $0.written } ?? "only when unreadable or gone")
        add("WORD ON", plan.authority.joined(separator: ", "))
    }

    mutating func entry(_ number: Int) {
        guard let entry = sight.bridge.recent.last(where: { $0.entry == number }) else {
            return add("ENTRY", "\(number) is not here any more")
        }
        title("Entry \(number)", nil)
        add("AT", at: entry.receivedAt)
        add("BY", entry.by)
        add("WHAT", Face(entry.tone), entry.text)
    }
}
