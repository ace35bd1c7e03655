package import OrderedCollections

/// One review board as it is shown: what each team has answered. That a team is silent is proposed by the clock, and
/// confirmed by a person; silence is never ok.
package struct BoardFacts: Hashable, Sendable {
    /// One check with the mark that is shown.
    package struct Check: Hashable, Sendable {
        /// Where it stands.
        package let path: Runbook.CheckPath
        /// What it is called on screens.
        package let title: String
        /// The page's own words; `nil` of an added check.
        package let says: String?
        /// Whether it was added on the night: the list on a page may end with "etc".
        package let isAdded: Bool
        /// The mark that is shown; `pending` where nobody has marked.
        package let mark: ReviewReport.Mark
        /// The mark as it was entered; `nil`: nobody has marked.
        package let current: ReviewRecord.Mark?
        /// Whether no answer has come by the due time, so that the clock proposes no-response.
        package let isProposedNoResponse: Bool
        /// How long after the due time it was answered; `nil` where that was in time, or nobody has answered.
        package let late: Duration?
        /// What makes the mark re-check when it changes afterwards, in the runbook's words.
        let recheckAfter: [String]
        /// Why the mark counts for nothing until it is made again: its subject changed afterwards. `nil`: it counts.
        package var recheck: Recheck?

        /// Whether it is marked ok, and nothing has changed since.
        package var isOk: Bool { mark == .ok && recheck == nil }
        /// Whether an answer is still wanted: none was given, or its subject changed afterwards.
        package var isPending: Bool { mark == .pending || recheck != nil }
    }

    /// One row with its checks.
    package struct Team: Hashable, Sendable {
        /// The team's id on its board.
        package let id: String
        /// What it is called on screens.
        package let title: String
        /// The runbook's checks in its order, then the added ones.
        package internal(set) var checks: [Check]

        /// How many checks have this mark; re-checks are not counted.
        package func count(_ mark: ReviewReport.Mark) -> Int { checks.count { $0.mark == mark && $0.recheck == nil } }

        /// How many checks have an answer, re-checks included.
        package var answered: Int { checks.count { $0.mark != .pending } }
    }

    /// The board's id.
    package let id: String
    /// Its heading.
    package let title: String
    /// When no answer becomes a proposed no-response, in bridge time; `nil`: never by the clock.
    package let due: Instant?
    /// Its rows in the runbook's order, by the team's id.
    package internal(set) var teams: OrderedDictionary<String, Team>

    /// The checks of all its teams, row by row.
    package var checks: [Check] { teams.values.flatMap(\.checks) }

    /// All boards as they were answered; of an earlier entry of the night the rows in which nothing was answered since,
    /// on boards that did not fall due; its added checks are the same.
    static func answers(
        _ bridge: Bridge, now: Instant,
        after earlier: (entry: Int, now: Instant, boards: OrderedDictionary<String, BoardFacts>)?
    ) -> OrderedDictionary<String, BoardFacts> {
        guard let earlier else {
            return bridge.runbook.boards.mapValues { BoardFacts($0, in: bridge, now: now) }
        }
        var boards = earlier.boards
        for board in bridge.runbook.boards.values where board.isOverdue(now) != board.isOverdue(earlier.now) {
            boards[board.id] = BoardFacts(board, in: bridge, now: now)
        }
        var rows: OrderedSet<Runbook.TeamPath> = []
        for place in bridge.reviews.values.indices
        where bridge.reviews.values[place].changed > earlier.entry {
            rows.append(bridge.reviews.keys[place].row)
        }
        for row in rows {
            guard let board = bridge.runbook.boards[row.board], let team = board.teams[row.team] else { continue }
            boards[row.board]?.teams[row.team] = Team(team, of: board, in: bridge, isOverdue: board.isOverdue(now))
        }
        return boards
    }

    init(_ board: Runbook.Board, in bridge: Bridge, now: Instant) {
        id = board.id
        title = board.title
        due = board.due
        let isOverdue = board.isOverdue(now)
        teams = board.teams.mapValues { Team($0, of: board, in: bridge, isOverdue: isOverdue) }
    }
}

extension BoardFacts.Team {
    fileprivate init(_ team: Runbook.Team, of board: Runbook.Board, in bridge: Bridge, isOverdue: Bool) {
        var checks: [BoardFacts.Check] = []
        func add(_ id: String, _ title: String, _ says: String?, _ recheckAfter: [String], isAdded: Bool) {
            let path = Runbook.CheckPath(board: board.id, team: team.id, check: id)
            let current = bridge.reviews[path]?.current
            let mark = current?.mark ?? .pending
            let isAnswer = mark == .ok || mark == .issues
            let late =
                isAnswer ? board.due.flatMap { due in current.flatMap { $0.at > due ? $0.at - due : nil } } : nil
            checks.append(
                BoardFacts.Check(
                    path: path, title: title, says: says, isAdded: isAdded, mark: mark, current: current,
                    isProposedNoResponse: isOverdue && mark == .pending, late: late, recheckAfter: recheckAfter))
        }
        for check in team.checks.values { add(check.id, check.title, check.says, check.recheckAfter, isAdded: false) }
        for (path, title) in bridge.addedChecks where path.board == board.id && path.team == team.id {
            add(path.check, title, nil, [], isAdded: true)
        }
        self.init(id: team.id, title: team.title, checks: checks)
    }
}

extension Runbook.Board {
    fileprivate func isOverdue(_ now: Instant) -> Bool { due.map { $0 <= now } ?? false }
}
