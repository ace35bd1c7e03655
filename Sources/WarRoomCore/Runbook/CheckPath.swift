extension Runbook {
    /// `board/team/check`: one check of a team, the subject of a review.
    package struct CheckPath: Hashable, Sendable {
        /// The board's id.
        package var board: String
        /// The team's id on that board.
        package var team: String
        /// The check's id in that team.
        package var check: String

        /// The path of a check; nothing is looked up.
        package init(board: String, team: String, check: String) {
            self.board = board
            self.team = team
            self.check = check
        }

        /// The path of a check in a row.
        package init(_ row: TeamPath, _ check: String) {
            self.init(board: row.board, team: row.team, check: check)
        }

        /// Reads `board/team/check`; `nil` where it is not three parts.
        package init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self.init(board: String(parts[0]), team: String(parts[1]), check: String(parts[2]))
        }

        /// The path as it is written, `board/team/check`.
        package var text: String { "\(board)/\(team)/\(check)" }

        /// The team whose check it is.
        package var row: TeamPath { TeamPath(board: board, team: team) }
    }
}
