extension Runbook {
    /// `board/team`: a row of a board, the subject of a whole team's review, and the owner of a step.
    package struct TeamPath: Hashable, Sendable, Codable {
        package var board: String
        package var team: String

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

        package var text: String { "\(board)/\(team)" }

        /// The team of a review's subject, which is a check or a whole team; `nil` where it is neither.
        package init?(of subject: String) {
            if let check = CheckPath(subject) { self = check.row } else { self.init(subject) }
        }
    }
}
