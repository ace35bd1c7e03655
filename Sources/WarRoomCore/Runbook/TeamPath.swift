extension Runbook {
    /// `board/team`: a row of a board. It is the subject of a whole team's review, and may be the owner of a step.
    package struct TeamPath: Hashable, Sendable {
        /// The board's id.
        package var board: String
        /// The team's id on that board.
        package var team: String

        /// The path of a team; nothing is looked up.
        package init(board: String, team: String) {
            self.board = board
            self.team = team
        }

        /// Reads `board/team`; `nil` where it is not two parts.
        package init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self.init(board: String(parts[0]), team: String(parts[1]))
        }

        /// The path as it is written, `board/team`.
        package var text: String { "\(board)/\(team)" }

        /// The team of a review's subject, which is a check or a whole team; `nil` where it is neither.
        package init?(of subject: String) {
            if let check = CheckPath(subject) { self = check.row } else { self.init(subject) }
        }
    }
}
