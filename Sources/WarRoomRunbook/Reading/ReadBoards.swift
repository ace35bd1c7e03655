internal import OrderedCollections
internal import WarRoomCore

// The review tables.
extension Reading {
    mutating func readBoards() {
        for pair in root.at("boards")?.pairs ?? [] {
            var board = Runbook.Board(
                id: pair.key, title: prose(pair.value.at("title")) ?? pair.key, by: pair.value.text("by"),
                due: instant(pair.value.at("due")))
            for row in pair.value.at("teams")?.pairs ?? [] { board.teams[row.key] = team(row) }
            runbook.boards[pair.key] = board
        }
        for pair in root.at("boards")?.pairs ?? [] {
            guard let by = pair.value.at("by"), let role = by.text.flatMap({ Role($0) }) else { continue }
            check(role, at: by.place)
        }
    }

    private mutating func team(_ pair: Written.Pair) -> Runbook.Team {
        var team = Runbook.Team(id: pair.key, title: title(of: pair.value, id: pair.key))
        team.says = prose(pair.value.at("says"))
        for item in pair.value.at("checks")?.pairs ?? [] {
            team.checks[item.key] = Runbook.Check(
                id: item.key, title: title(of: item.value, id: item.key), says: prose(item.value.at("says")),
                recheckAfter: recheckAfter(item.value.items("recheck_after")))
        }
        if team.checks.isEmpty {
            team.checks["post-check"] = Runbook.Check(id: "post-check", title: "Post-check")
        }
        return team
    }

    /// Steps and waves as written. A mark that is older than a change in them needs a re-check.
    private mutating func recheckAfter(_ items: [Written]) -> [String] {
        items.compactMap { item in
            guard let text = item.text else { return nil }
            if text.hasPrefix("@") { return wave(String(text.dropFirst()), at: item.place).map { _ in text } }
            return known(item, .step)
        }
    }

    /// Checks that there is such a row, `board/team`, or such a check in it, `board/team/check`.
    mutating func checkRow(_ text: String, at place: RunbookPlace) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard let board = runbook.boards[parts[0]] else {
            fault(
                .unknownBoard, at: place,
                "there is no board '\(parts[0])'\(Spelling.hint(parts[0], among: runbook.boards.keys))")
            return
        }
        guard parts.count > 1 else { return }
        guard let team = board.teams[parts[1]] else {
            let hint = Spelling.hint(parts[1], among: board.teams.keys)
            return fault(.unknownBoard, at: place, "the board '\(parts[0])' has no row '\(parts[1])'\(hint)")
        }
        guard parts.count > 2, team.checks[parts[2]] == nil || parts.count > 3 else { return }
        let hint = Spelling.hint(parts[2], among: team.checks.keys)
        fault(.unknownBoard, at: place, "the row '\(parts[0])/\(parts[1])' has no check '\(parts[2])'\(hint)")
    }

    /// Checks that a role names approvers and rows that there are.
    mutating func check(_ role: Role, at place: RunbookPlace) {
        switch role {
        case .approver(let name): checkApprover(name, at: place)
        case .team(let row): checkRow(row.text, at: place)
        case .lead, .monitoring, .feeder, .viewer: break
        }
    }

    /// Checks that an approver is one of those that the runbook lists, if it lists them.
    mutating func checkApprover(_ name: String, at place: RunbookPlace) {
        guard !runbook.approvers.isEmpty, !runbook.approvers.contains(name) else { return }
        let hint = Spelling.hint(name, among: runbook.approvers)
        let all = ": write one of \(runbook.approvers.joined(separator: ", ")), or add it to 'approvers'"
        fault(.role, at: place, "there is no approver '\(name)'\(hint.isEmpty ? all : hint)")
    }
}
