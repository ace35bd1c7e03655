import OrderedCollections
import WarRoomCore

/// The roll-call: one team after the other is asked, one key an answer. An answer is about one check, because a tick by
/// the dozen says nothing; only silence is said of a whole team.
struct RollCall: Equatable {
    /// Whose turn it is, among all teams of all boards.
    var place = 0
    /// Which check of that team is asked.
    var check = 0

    struct Turn {
        let board: BoardFacts
        let team: BoardFacts.Team
    }

    /// All that are asked, board by board.
    static func turns(_ sight: Sight) -> [Turn] {
        sight.situation.boards.values.flatMap { board in board.teams.values.map { Turn(board: board, team: $0) } }
    }

    func turn(_ sight: Sight) -> Turn? {
        let turns = RollCall.turns(sight)
        return turns.isEmpty ? nil : turns[max(0, min(place, turns.count - 1))]
    }

    func checkFacts(_ sight: Sight) -> BoardFacts.Check? {
        guard let checks = turn(sight)?.team.checks, !checks.isEmpty else { return nil }
        return checks[max(0, min(check, checks.count - 1))]
    }

    static let keys = [
        ("o", "ok"), ("v", "ok, how verified"), ("i", "issues"), ("0", "no response"), ("n", "next team"),
        ("p", "before"), ("w", "who"), ("a", "add check"),
        ("Esc", "leave"),
    ]
}
