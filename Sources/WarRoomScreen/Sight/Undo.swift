import OrderedCollections
import WarRoomCore

/// What takes back the last word of a person on something: the same again, with the number of the entry that it takes
/// back, as `warroom undo` sends it. Where that word is taken back already, this brings it back, because an undo is
/// undone like anything else.
struct Undo: Equatable {
    let said: Said

    /// The entry that is taken back.
    var entry: Int { said.entry }

    /// What is taken back, in words, and by whom it was said.
    var words: String {
        let words = "\(CleanText.line(said.words)), by \(CleanText.line(said.by))"
        return said.isUndone ? "the undo of \(words)" : words
    }

    /// What is sent, with the reason that an undo needs; `nil` where the words that were kept cannot be read.
    func proposal(why: String) -> Proposal? { said.undo(why: why) }

    /// `nil` where no person has said anything of it that could be taken back.
    init?(_ subject: Subject, in bridge: Bridge) {
        guard let said = Undo.lastSaid(of: subject, in: bridge) else { return nil }
        self.said = said
    }

    private static func lastSaid(of subject: Subject, in bridge: Bridge) -> Said? {
        func last(_ things: Said.Thing...) -> Said? { bridge.lastSaid(things) }
        func rulings(on name: String) -> Said? { bridge.lastSaid(of: .ruling) { $0.hasPrefix(name + "/") } }
        func later(_ one: Said?, _ other: Said?) -> Said? {
            [one, other].compactMap { $0 }.max { $0.entry < $1.entry }
        }
        switch subject {
        case .check(let path):
            let whole = last(.init(.review, path.row.text))
            // A whole team's silence is about this check only where the check had no answer.
            let isMeant =
                whole.map { said in bridge.reviews[path]?.marks.contains { $0.entry == said.first } ?? false } ?? false
            return later(
                last(.init(.review, path.text), .init(.check, path.text)), isMeant ? whole : nil)
        case .team(let board, let team):
            let whole = last(.init(.review, Runbook.TeamPath(board: board, team: team).text))
            let checks = bridge.runbook.boards[board]?.teams[team]?.checks.keys ?? []
            guard checks.count == 1 else { return whole }
            return later(whole, lastSaid(of: .check(.init(board: board, team: team, check: checks[0])), in: bridge))
        case .step(let id):
            let messages = bridge.lastSaid(of: .message) { $0.hasPrefix(id + "/") }
            return later(
                later(last(.init(.step, id), .init(.ruling, "pair/\(id)")), messages),
                rulings(on: id))
        case .server(let name): return later(last(.init(.hold, name)), rulings(on: name))
        case .gate(let id), .need(let id, _):
            return last(.init(.approval, id), .init(.ruling, "gate/\(id)"))
        case .test(let id), .failure(let id, _), .run(let id, _): return rulings(on: id)
        case .looseEnd(let id):
            if case .hold(let server) = id { return last(.init(.hold, server)) }
            return last(.init(.looseEnd, id.text))
        case .trouble(.divergence, let id), .trouble(.pair, let id): return last(.init(.ruling, id))
        case .trouble(.approvedThere, let id): return lastSaid(of: .gate(id), in: bridge)
        case .trouble(.pastGate, let id), .trouble(.undone, let id), .trouble(.failed, let id):
            return lastSaid(of: .step(id), in: bridge)
        case .trouble(.outOfTurn, let id): return last(.init(.step, id), .init(.review, id))
        case .wave(let id), .trouble(.heldWave, let id): return last(.init(.hold, WaveHold.subject(id)))
        case .trouble(.unreachableYetServing, let name), .trouble(.patchInPool, let name),
            .trouble(.secondBoot, let name):
            return lastSaid(of: .server(name), in: bridge)
        case .heard(let number): return last(.init(.heard, "heard/\(number)"), .init(.looked, "heard/\(number)"))
        case .alert(let fingerprint): return last(.init(.looked, "alert/\(fingerprint)"))
        case .entry(let number): return bridge.said(by: number)
        case .trouble, .phase, .board, .source, .handover, .batch, .stage: return nil
        }
    }
}
