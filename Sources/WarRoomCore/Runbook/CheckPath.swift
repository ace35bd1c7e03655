extension Runbook {
    /// `board/team/check`, the subject of a review.
    package struct CheckPath: Hashable, Sendable, Codable {
        package var board: String
        package var team: String
        package var check: String

        package init(board: String, team: String, check: String) {
            self.board = board
            self.team = team
            self.check = check
        }

        package init(_ row: TeamPath, _ check: String) {
            self.init(board: row.board, team: row.team, check: check)
        }

        /// Reads `board/team/check`; `nil` where it is not three parts.
        package init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self.init(board: String(parts[0]), team: String(parts[1]), check: String(parts[2]))
        }

        package var text: String { "\(board)/\(team)/\(check)" }

        /// The team whose check it is.
        package var row: TeamPath { TeamPath(board: board, team: team) }
    }
}
