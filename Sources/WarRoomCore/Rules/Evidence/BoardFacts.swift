package import OrderedCollections

/// One review board as it is shown: what each team has answered (N-10).
package struct BoardFacts: Sendable {
    package struct Check: Sendable {
        package let path: Runbook.CheckPath
        package let title: String
        package let says: String?
        /// Added on the night (S0-24 "etc").
        package let isAdded: Bool
        package let mark: ReviewReport.Mark
        /// The entry behind the mark, if anybody has marked.
        package let current: ReviewRecord.Mark?
        /// No answer past the due time: proposed by the clock, for a person to confirm; never ok by silence.
        package let isProposedNoResponse: Bool
        /// How long after the due time it was answered; `nil` where that was in time, or nobody has answered.
        package let late: Duration?
        /// What makes the mark re-check when it changes afterwards, in the runbook's words.
        let recheckAfter: [String]
        /// Why the mark counts for nothing until it is made again: its subject changed afterwards (N-04).
        package var recheck: Recheck?

        /// Marked ok, and nothing changed since.
        package var isOk: Bool { mark == .ok && recheck == nil }
        /// Whether an answer is still wanted: none was given, or its subject changed afterwards.
        package var isPending: Bool { mark == .pending || recheck != nil }
    }

    package struct Team: Sendable {
        package let id: String
        package let title: String
        package internal(set) var checks: [Check]

        /// How many have a mark that counts; re-checks are apart.
        package func count(_ mark: ReviewReport.Mark) -> Int { checks.count { $0.mark == mark && $0.recheck == nil } }
        package var answered: Int { checks.count { $0.mark != .pending } }
    }

    package let id: String
    package let title: String
    package let due: Instant?
    package internal(set) var teams: OrderedDictionary<String, Team>

    package var checks: [Check] { teams.values.flatMap(\.checks) }

    /// All boards as they were answered; those of an earlier entry of the night where nothing was answered since, and
    /// none fell due.
    static func answers(
        _ bridge: Bridge, now: Instant,
        after earlier: (bridge: Bridge, now: Instant, boards: OrderedDictionary<String, BoardFacts>)?
    ) -> OrderedDictionary<String, BoardFacts> {
        if let earlier, bridge.reviewsChanged <= earlier.bridge.entry, earlier.bridge.entry <= bridge.entry,
            bridge.runbook.boards.values.allSatisfy({ $0.isOverdue(now) == $0.isOverdue(earlier.now) })
        {
            return earlier.boards
        }
        return bridge.runbook.boards.mapValues { BoardFacts($0, in: bridge, now: now) }
    }

    init(_ board: Runbook.Board, in bridge: Bridge, now: Instant) {
        id = board.id
        title = board.title
        due = board.due
        let isOverdue = board.isOverdue(now)
        teams = board.teams.mapValues { team in
            var checks: [Check] = []
            func add(_ id: String, _ title: String, _ says: String?, _ recheckAfter: [String], isAdded: Bool) {
                let path = Runbook.CheckPath(board: board.id, team: team.id, check: id)
                let current = bridge.reviews[path]?.current
                let mark = current?.mark ?? .pending
                let isAnswer = mark == .ok || mark == .issues
                let late =
                    isAnswer ? board.due.flatMap { due in current.flatMap { $0.at > due ? $0.at - due : nil } } : nil
                checks.append(
                    Check(
                        path: path, title: title, says: says, isAdded: isAdded, mark: mark, current: current,
                        isProposedNoResponse: isOverdue && mark == .pending, late: late,
                        recheckAfter: recheckAfter))
            }
            for check in team.checks.values {
                add(check.id, check.title, check.says, check.recheckAfter, isAdded: false)
            }
            for (path, title) in bridge.addedChecks where path.board == board.id && path.team == team.id {
                add(path.check, title, nil, [], isAdded: true)
            }
            return Team(id: team.id, title: team.title, checks: checks)
        }
    }
}

extension Runbook.Board {
    fileprivate func isOverdue(_ now: Instant) -> Bool { due.map { $0 <= now } ?? false }
}
