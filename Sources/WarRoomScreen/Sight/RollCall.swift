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

    /// What a key does here.
    enum Deed {
        case ok, verified, issues, silence, nextTeam, teamBefore, checkAbove, checkBelow, reviewer, newCheck, leave

        var writes: Bool {
            switch self {
            case .ok, .verified, .issues, .silence, .reviewer, .newCheck: true
            case .nextTeam, .teamBefore, .checkAbove, .checkBelow, .leave: false
            }
        }
    }

    /// A deed with its keys; the first is the one that the line of keys names, with `words`, where it names one.
    struct Binding {
        let deed: Deed
        let keys: [Key]
        let words: String?

        init(_ keys: [Key], _ deed: Deed, _ words: String? = nil) {
            (self.deed, self.keys, self.words) = (deed, keys, words)
        }
    }

    static let bindings: [Binding] = [
        Binding([.character("o"), .character(" ")], .ok, "ok"),
        Binding([.character("v")], .verified, "ok, how verified"),
        Binding([.character("i")], .issues, "issues"),
        Binding([.character("0")], .silence, "no response"),
        Binding([.character("n"), .right, .tab, .enter, .character("l")], .nextTeam, "next team"),
        Binding([.character("p"), .left, .backTab, .character("h")], .teamBefore, "before"),
        Binding([.up, .character("k")], .checkAbove),
        Binding([.down, .character("j")], .checkBelow),
        Binding([.character("w")], .reviewer, "who"),
        Binding([.character("a")], .newCheck, "add check"),
        Binding([.escape, .character("q"), .control("c"), .character("R")], .leave, "leave"),
    ]

    /// What a key does; `nil` where it does nothing here.
    static func deed(of key: Key) -> Deed? {
        switch key {
        case .wheelUp: .checkAbove
        case .wheelDown: .checkBelow
        default: bindings.first { $0.keys.contains(key) }?.deed
        }
    }
}
