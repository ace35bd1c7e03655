import OrderedCollections
import WarRoomCore

/// What is done in the reviews beside a mark: a check of tonight, the silence of a team, and in whose name.
extension Press {
    // MARK: Checks of tonight

    mutating func openNewCheck(_ board: String, _ team: String) {
        guard let facts = sight.situation.boards[board], let row = facts.teams[team] else {
            return say("that team is on no board")
        }
        view.prompt = Prompt(
            label: "new check, \(facts.title), \(row.title)", purpose: .newCheck(.init(board: board, team: team)))
    }

    mutating func addCheck(_ row: Runbook.TeamPath, title: String) {
        guard let id = Runbook.id(madeFrom: title) else {
            return say("a title needs a letter or a digit: Esc goes back")
        }
        view.prompt = nil
        send(
            Proposal(Runbook.CheckPath(row, id).text, .check(title: title)), as: "new check \(CleanText.line(title))")
    }

    // MARK: Whose eyes they were

    mutating func openReviewer() {
        var prompt = Prompt(label: "who has looked, for your next marks", purpose: .reviewer)
        prompt.field = TextField(view.reviewer ?? sight.vitals.user)
        view.prompt = prompt
    }

    mutating func setReviewer(_ name: String) {
        view.prompt = nil
        view.reviewer = name.allSatisfy(\.isWhitespace) || name == sight.vitals.user ? nil : name
        say("your next marks are by \(CleanText.line(view.reviewer ?? sight.vitals.user))")
    }

    /// A mark, with the name of who has looked where it is not who sends.
    func mark(_ mark: ReviewReport.Mark) -> ReviewReport { ReviewReport(mark: mark, reviewer: view.reviewer) }

    // MARK: Silence

    /// Says yes to the no-response that the clock proposes: of a check, of a team in one entry, of each team of a
    /// board.
    mutating func confirmSilence() {
        switch subject {
        case .check(let path):
            guard
                let check = sight.situation.boards[path.board]?.teams[path.team]?.checks.first(where: {
                    $0.path == path
                })
            else { return }
            guard check.isProposedNoResponse else { return say(whyNot(check.mark, path.board)) }
            confirmSilence(path.row, subject: path.text, name: check.title)
        case .team(let board, let team):
            guard let facts = sight.situation.boards[board]?.teams[team] else { return }
            guard facts.checks.contains(where: \.isProposedNoResponse) else {
                return say(whyNot(facts.count(.pending) > 0 ? .pending : facts.checks.first?.mark ?? .pending, board))
            }
            confirmSilence(.init(board: board, team: team))
        case .board(let id):
            let teams =
                sight.situation.boards[id]?.teams.values.filter { $0.checks.contains(where: \.isProposedNoResponse) }
                ?? []
            guard !teams.isEmpty else { return say(whyNot(.pending, id)) }
            for team in teams { confirmSilence(.init(board: id, team: team.id)) }
        default:
            say(
                "nothing to confirm here: no response is proposed in \(Panes.called(ReviewsPane.pane.name))")
        }
    }

    /// Says it of a whole team, or of the one check that is named.
    private mutating func confirmSilence(_ row: Runbook.TeamPath, subject: String? = nil, name: String? = nil) {
        let facts = sight.situation.boards[row.board]
        let who = "\(facts?.title ?? row.board), \(facts?.teams[row.team]?.title ?? row.team)"
        send(
            Proposal(subject ?? row.text, .review(ReviewReport(mark: .noResponse))),
            as: "\(who)\(name.map { ": \($0)" } ?? "") no response")
    }

    private func whyNot(_ mark: ReviewReport.Mark, _ board: String) -> String {
        guard mark == .pending else { return "nothing to confirm: this is answered, m changes it" }
        guard let due = sight.situation.boards[board]?.due else {
            return "nothing to confirm: this board has no time by which to answer"
        }
        return due > sight.now
            ? "nothing to confirm yet: due \(sight.both(due)), m says no response before"
            : "nothing to confirm: all is answered"
    }

    /// Offers what can be said of a whole team: that it is silent, in one entry. Ok is said of each check alone.
    mutating func openTeamMarks(_ board: String, _ team: String) {
        guard let facts = sight.situation.boards[board], let row = facts.teams[team] else { return }
        let pending = row.count(.pending)
        guard pending > 0 else { return say("every check of \(row.title) is answered: the arrows select one") }
        let path = Runbook.TeamPath(board: board, team: team).text
        let draft = Draft(
            path, .review(ReviewReport(mark: .noResponse)),
            asks: asks(.noResponse, path, "no response", "\(facts.title), \(row.title)"),
            words: "\(facts.title), \(row.title): no response to \(pending)")
        view.menu = Menu(
            title: "\(facts.title), \(row.title): \(pending) of \(row.checks.count) pending; ok is said of each check",
            choices: [
                .init(
                    key: "n", face: Face(.noResponse, "no response, of the whole team", .act), value: "no-response",
                    draft: draft)
            ])
    }
}
